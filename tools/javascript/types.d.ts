// What the scripts read and hand on, for the type checker alone: browsers load none of this. Files that Python writes are
// described where they are written: plugins/search/shards.py, plugins/dossiers/live.py, plugins/procedures/facets.py.

/** Sentences of a page, as its template gives them in `data-…`. */
type Words = Record<string, string>;

/** An element that a template gives data to. */
type Part = HTMLElement & HTMLTimeElement & { dataset: Words };

/** What a template or a script puts into `{name}` of a sentence. */
type Values = Record<string, string | number | undefined>;

/** `live/alert.json`, described in plugins/portal/alerts.py. */
type Alert = { agency: string; until: string; label: string; lang: string; text: string };
type AlertFile = { alerts: Alert[] };

// Search

/** A syllable is in NFD, lower case. */
type Syllable = string;
type Vocabulary = Map<string, number>;
type Clause = { term: string; weight: number };
/** A part of what is asked for: how much of it all, and what it may mean. */
type Need = { share: number; readings: Clause[][] };
/** What somebody typed, for an index; and near words for those that it does not have. */
type Understood = { clauses: Clause[]; needs: Need[]; corrections: Map<string, string[]> };
type Hit = { document: number; score: number };
/** With the share of what is asked for that it has, and others of its name, the best first. */
type RankedHit = Hit & { cover: number; alike: number[] };
/** `opening`: hours for a script, of an agency. */
type Card = { title: string; url: string; meta: string; summary: string; opening?: string };

/** A phrase as people say it, and what it may mean. */
type Phrase = { spoken: Syllable[]; meanings: Syllable[][] };
type Phrases = Map<string, Phrase[]>;
type Speech = {
  phrases: Phrases;
  stopPhrases: Phrases;
  stopWords: Set<string>;
  circumstanceWords: Set<string>;
  needWords: Set<string>;
  between: Syllable[];
};
type StopWords = {
  stop_phrases?: string[];
  stop_words?: string[];
  circumstance_words?: string[];
  need_words?: string[];
  words_between?: string[];
};
type Synonyms = [texts: string[], meanings: string[]][];
type SpeechFile = StopWords & { synonyms: Synonyms };

/** `<index>.json`; the other files are named in it after what they say. */
type Manifest = {
  version: number;
  fields: string[];
  boosts: number[];
  documents: number;
  averages: number[];
  /** A site's documents: the number of the first, how many, the name of their cards. */
  blocks: [first: number, count: number, cards: string][];
  /** How many cards a file has. */
  cards: number;
  /** How many neighbouring shards share a name. */
  together: number;
  /** Of each field a letter for the length of each document. */
  lengths: string[];
  /** What documents may count by themselves, and a letter for what each does. */
  weights: number[];
  standings: string;
  /** Documents that have one name. */
  alike: number[][];
  facets: SearchFacet[];
  /** Where shards begin, each by how it differs from the one before, and what they are called. */
  shards: [boundaries: string, names: string];
  words: string;
  around: StopWords;
};
/** Terms, how many documents each has by field, the documents as differences, who has a term more than once; and what is said. */
/** `p`: its numbers as letters, how many postings each term and field has, these, and how often terms are there. */
type Shard = { t: string; p: string; s?: Synonyms };
type Postings = [document: number, count: number][];
type Term = [term: string, byField: Postings[]];
/** What scoring a query needs: the postings of its terms, by field. */
type Known = Map<string, Postings[]>;
/** `of`: for each document a letter for the position of its value; a value is its name alone where its slug says the same. */
type SearchFacet = { name: string; values: (FacetValue | string)[]; of: string };
type FacetValue = [slug: string, name: string];
type Facet = { values: FacetValue[]; of: (document: number) => number };
type Index = {
  manifest: Manifest;
  vocabulary: Vocabulary;
  search: (clauses: Clause[]) => Promise<Hit[]>;
  /** Loads what scoring some clauses needs. */
  prepare: (clauses: Clause[]) => Promise<unknown>;
  rank: (understood: Understood) => Promise<RankedHit[]>;
  cards: (documents: number[]) => Promise<Card[]>;
  facets: Record<string, Facet>;
  phrases: (syllables: Syllable[]) => Promise<Synonyms>;
};

/** What a query finds in each index that was asked, by the tab of its results, in the order of asking. */
type Findings = Map<Part & HTMLAnchorElement, Finding>;

/** Where a form searches: folders of indexes, the narrowest first, and the index that has how people speak. */
type Scope = { folders: string[]; speech: string };
type Finding = {
  folder: string;
  index: Index;
  /** Numbers of documents, the best first. */
  hits: number[];
  /** Others of the name of each. */
  alike: Map<number, number[]>;
  /** Whether the best has most of what is asked for. */
  fits: boolean;
  /** How many words the index does not have. */
  unknown: number;
  /** Other queries that may be meant. */
  instead: string[];
  isMarked: (word: string) => boolean;
};

// The catalogue

type CatalogueFacet = { name: string; label?: string; values: FacetValue[] };
/**
 * The file: a row is its code, its name, a value of each facet, and whether it is suspended; of a document its address
 * and its number, and `also` has its title, its day and whether it applies.
 */
type CatalogueFile = {
  facets: CatalogueFacet[];
  rows: [code: string, name: string, ...values: number[]][];
  also?: string[][];
};
type CatalogueRow = {
  code: string;
  name: string;
  /** The indexes of its values, by facet. */
  indexes: Record<string, number[]>;
  names: Record<string, string>;
  suspended: boolean;
  also: string[];
};
type Catalogue = { facets: Record<string, CatalogueFacet>; rows: CatalogueRow[] };
type Choices = Record<string, string>;
/** What filtering.js works out. */
type Filtering = {
  parse: (file: CatalogueFile) => Catalogue;
  choices: (selects: Iterable<{ name: string; value: string }>) => Choices;
  matching: (catalogue: Catalogue, chosen: Choices) => CatalogueRow[];
  counts: (catalogue: Catalogue, chosen: Choices, facet: string) => number[];
  textOf: (catalogue: Catalogue, row: CatalogueRow) => string;
  rowAddress: (catalogue: Catalogue, row: CatalogueRow, words: Words) => string;
};
type ShowEntry = (parsed: Catalogue, row: CatalogueRow, data: Words) => Element;

// Dossiers

type Figures = Record<string, number | null | undefined>;
type Doubt = { identity: string; stated: number; computed: number };
/** Figures of an agency or of all, by group and name: `received.total`. */
type FiguresRow = Record<string, Figures | undefined> & { doubts?: Doubt[] };
/** By agency; `total` of all. */
type Rows = Record<string, FiguresRow | undefined>;
type WriteFigure = (row: FiguresRow, path: string) => string;
type ShowRow = (part: HTMLElement, row?: FiguresRow) => void;
type ShowRows = (part: HTMLElement, known: Rows) => void;
type ShowNotes = (list: Part, known: Rows, sums: Sums) => void;
type SetText = (element: HTMLElement, text: string) => void;
type FiguresFile = {
  version: number;
  as_of: string | null;
  fetched_at: string | null;
  checked_at: string | null;
  first_day: string | null;
  last_day: string | null;
  stale_after_hours: number;
  stale: boolean;
  rows: { total: FiguresRow; agency: Record<string, FiguresRow> };
};
/** An identity of the form that figures break: the column, those that it should be the sum of, where its note stands. */
type Sums = Record<string, [column: string, parts: string, path: string]>;

/** An answer of the service system about one dossier: plugins/dossiers/contract/openapi.yaml. */
type Dossier = {
  code: string;
  /** None that the system can say. */
  status: number | null;
  received_at: string;
  due_at?: string | null;
  resolved_at?: string | null;
  timeline: { at: string; status: number }[];
  notices?: { at: string; about: string }[] | null;
  procedure?: string | null;
  procedure_name?: string | null;
  agency?: string | null;
  agency_name?: string | null;
  channel?: string | null;
  incomplete?: boolean;
  post?: { direction: string; service?: string; tracking_number?: string; status?: string } | null;
};

type Maybe<T> = T | null | undefined;
type ShowFact = (name: string, ...texts: Maybe<string | Node | false>[]) => void;
type LinkTo = (address: string, slug: Maybe<string>, text: Maybe<string>) => Maybe<string | Node>;

// Opening hours

/** Until when, or from when again, in minutes of the day; and after how many days that is. */
type OpeningState = { open: boolean; time: number; days: number };

interface DocumentEventMap {
  /** New figures. */
  figures: CustomEvent<Rows>;
}

// The service worker: the checker knows browsers' pages, not workers

/** What `sw.js` says of the portal; plugins/presentation/installing.py. */
type PortalOffline = { offline: string; frame: string[]; sentences: { kept: string; listed: string; list: string } };
type WorkerEvent = Event & { waitUntil(work: Promise<unknown>): void };
type RequestEvent = WorkerEvent & {
  request: Request;
  preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
};
type PortalWorker = {
  portal: PortalOffline;
  registration: ServiceWorkerRegistration;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', act: (event: WorkerEvent) => void): void;
  addEventListener(name: 'message', act: (event: WorkerEvent & { data: { read: string } }) => void): void;
  addEventListener(name: 'fetch', act: (event: RequestEvent) => void): void;
};
