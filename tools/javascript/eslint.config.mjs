// Style of the theme's scripts and of the tests of them; types are tsc's work.

import js from '@eslint/js';
import globals from 'globals';

const strict = {
  'array-callback-return': 'error',
  complexity: ['error', 20],
  'consistent-return': 'error',
  curly: ['error', 'multi-line'],
  'default-case-last': 'error',
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-implicit-globals': 'error',
  'no-misleading-character-class': ['error', { allowEscape: true }],
  'no-param-reassign': 'error',
  'no-promise-executor-return': 'error',
  'no-self-compare': 'error',
  'no-shadow': 'error',
  'no-template-curly-in-string': 'error',
  'no-throw-literal': 'error',
  'no-unreachable-loop': 'error',
  'no-unused-vars': ['error', { ignoreRestSiblings: true }],
  'no-use-before-define': ['error', { functions: false }],
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'prefer-template': 'error',
  radix: 'error',
  'require-atomic-updates': ['error', { allowProperties: true }],
};
// Names that say nothing or too many things; those of tests/test_architecture.py, and their like.
const vague = ['found', 'said', 'say', 'one', 'place', 'places', 'shown', 'mark', 'marks', 'made'];
// Everything that a page shows is set as text, never as markup.
const asText = [
  'error',
  ...['innerHTML', 'outerHTML'].map((property) => ({ property, message: 'What is shown is set as text.' })),
  { property: 'insertAdjacentHTML', message: 'What is shown is set as text.' },
  { object: 'document', property: 'write', message: 'What is shown is set as text.' },
];

export default [
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { rules: strict },
  { files: ['theme/**', 'plugins/**', 'tools/**'], rules: { 'id-denylist': ['error', ...vague] } },
  {
    files: ['theme/**/*.js', 'plugins/**/*.js'],
    languageOptions: { globals: globals.browser },
    rules: { 'no-console': 'error', 'no-restricted-properties': asText, 'no-script-url': 'error' },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
];
