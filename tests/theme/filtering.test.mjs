// What the filtering page works out, in the engine that browsers have; run by test_modules.py.

import assert from 'node:assert/strict';
import test from 'node:test';

import { choices, counts, matching, parse, rowAddress } from '../../theme/static/filtering.js';

const file = {
  facets: [
    { name: 'linh-vuc', label: 'Lĩnh vực', values: [['dat-dai', 'Đất đai'], ['ho-tich', 'Hộ tịch']] },
    { name: 'co-quan', label: 'Cơ quan', values: [['tinh', 'Tỉnh'], ['so-y-te', 'Sở Y tế']] },
    { name: 'muc-do', label: 'Mức độ', values: [['2', 'Mức độ 2'], ['3', 'Mức độ 3']] },
    { name: 'hinh-thuc', label: 'Hình thức', values: [['toan-trinh', 'Toàn trình']] },
    { name: 'doi-tuong', label: 'Đối tượng', values: [['cong-dan', 'Công dân'], ['to-chuc', 'Tổ chức']] },
    { name: 'cap-thuc-hien', label: 'Cấp', values: [['tinh', 'Cấp tỉnh'], ['xa', 'Cấp xã']] },
  ],
  rows: [
    ['1.000001', 'Một', 1, 0, 0, 0, 1, 2, 0],
    ['1.000002', 'Hai', 1, 1, 1, 0, 3, 1, 1],
    ['1.000003', 'Ba', 0, 1, 1, 0, 2, 3, 0],
  ],
};
const catalogue = parse(file);
const found = (chosen) => matching(catalogue, chosen).map(({ name }) => name);

test('nothing chosen leaves every row in its order', () => {
  assert.deepEqual(found({}), ['Một', 'Hai', 'Ba']);
});

test('what is chosen of several facets must all fit', () => {
  assert.deepEqual(found({ 'linh-vuc': 'ho-tich' }), ['Một', 'Hai']);
  assert.deepEqual(found({ 'linh-vuc': 'ho-tich', 'muc-do': '3' }), ['Hai']);
  assert.deepEqual(found({ 'linh-vuc': 'dat-dai', 'muc-do': '2' }), []);
});

test('a row with several values fits each of them', () => {
  assert.deepEqual(found({ 'doi-tuong': 'cong-dan' }), ['Một', 'Hai']);
  assert.deepEqual(found({ 'doi-tuong': 'to-chuc' }), ['Hai', 'Ba']);
  assert.deepEqual(found({ 'cap-thuc-hien': 'xa', 'doi-tuong': 'to-chuc' }), ['Ba']);
});

test('a value or facet of an old link that is no more fits nothing', () => {
  assert.deepEqual(found({ 'linh-vuc': 'khong-con' }), []);
  assert.deepEqual(found({ constructor: 'x' }), []);
});

test('numbers of a facet count what its values would leave, whatever is chosen of itself', () => {
  assert.deepEqual(counts(catalogue, {}, 'linh-vuc'), [1, 2]);
  assert.deepEqual(counts(catalogue, { 'linh-vuc': 'dat-dai' }, 'linh-vuc'), [1, 2]);
  assert.deepEqual(counts(catalogue, { 'muc-do': '3' }, 'linh-vuc'), [1, 1]);
  assert.deepEqual(counts(catalogue, { 'muc-do': '3' }, 'doi-tuong'), [1, 2]);
});

test('a row leads to the page below its owner', () => {
  const say = { ofProvince: '/p/{code}/', ofAgency: '/{agency}/p/{code}/' };
  assert.equal(rowAddress(catalogue, catalogue.rows[0], say), '/p/1.000001/');
  assert.equal(rowAddress(catalogue, catalogue.rows[1], say), '/so-y-te/p/1.000002/');
});

test('a row says its values by their names and whether it is suspended', () => {
  assert.equal(catalogue.rows[1].names['doi-tuong'], 'Công dân, Tổ chức');
  assert.deepEqual(catalogue.rows.map(({ suspended }) => suspended), [false, true, false]);
});

test('only selects that say something are choices', () => {
  assert.deepEqual(choices([{ name: 'a', value: '' }, { name: 'b', value: 'x' }]), { b: 'x' });
});

test('a document may lack a value, and says what it is about besides', () => {
  const documents = parse({
    facets: [{ name: 'linh-vuc', label: 'Lĩnh vực', values: [['y-te', 'Y tế']] }],
    rows: [['van-ban/1/', 'Quyết định 1', -1, 0], ['van-ban/2/', 'Quyết định 2', 0, 0]],
    also: [['Về một', '01/02/2019', ''], ['Về hai', '02/02/2019', 'in_force']],
  });
  assert.deepEqual(matching(documents, { 'linh-vuc': 'y-te' }).map(({ also }) => also[0]), ['Về hai']);
  assert.deepEqual(documents.rows[0].names, { 'linh-vuc': '' });
  assert.deepEqual(counts(documents, {}, 'linh-vuc'), [1]);
});
