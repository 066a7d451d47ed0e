/* Shapes that the modules hand to each other; docs/page-format.md says what the data files hold. */

/** Leaflet, which the page loads as a script of its own; it comes without types. */
declare const L: any;

/** The one name that the page adds to the window. */
declare var WC: {
  put(name: string, payload: unknown): void;
  start(map: LeafletMap): void;
};

type LeafletMap = any;

/** Colour variables of the style sheet by name, without the two dashes. */
type Colours = Record<string, string>;

/** What can stand inside an element; `false` and nothing are left out. */
type Child = Node | string | number | false | null | undefined | readonly Child[];

/** Attributes of an element; `onclick` and its like are listeners. */
type Attributes = Record<string, unknown> | null | undefined;

/** What a text's braces take. */
type Values = Record<string, unknown>;

/**
 * A word of a closed list with the number of standing cameras that carry it, and of all rows;
 * `id` null: not known.
 */
interface Word {
  id: string | null;
  count: number;
  rows: number;
}

/** A maker. */
interface Vendor extends Word {
  name: string | null;
}

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

interface Credit {
  title: string;
  source_id: string;
  license_id: string;
  attribution: string;
  url: string | null;
}

/** What the page says of the counts of the world. */
interface World {
  data_on: string;
  attribution: string;
  license_id: string;
  n: number;
  named: number;
  countries: [string, number, number][];
  holes: { box: [number, number, number, number] | null; why: string }[];
}

/** `data/meta.js`: what the page says of its release. */
interface Meta {
  release_id: string;
  local: string[];
  data_on: string;
  evidence_on: string | null;
  counts: { cameras: number; withheld: number };
  other_devices: { kind: string; count: number }[];
  credits: Credit[];
  opening: Box | null;
  extent: Box | null;
  n: number;
  standing: number;
  sites: [number, number];
  released: number;
  kinds: Word[];
  vendors: Vendor[];
  rungs: Word[];
  visibilities: Word[];
  zones: Word[];
  lifecycles: Word[];
  year_base: number;
  /** How many cameras have their year from a history of their object. */
  years_by_history: number;
  with_direction: number;
  details: { starts: number[]; n: number };
  ids: { files: number };
  /** Makers and suppliers that no camera of the release carries, numbered after `vendors`. */
  others: { id: string; name: string }[];
  countries: Word[];
  technologies: { id: string; name: string }[];
  world: World | null;
  deployments: number;
  context: { choice: string };
  page: { osm_tiles: boolean; address: string; citation: string };
}

/** Cameras as columns, one entry for each row; `x` and `y` count cells of the 2^25 grid. */
interface Store extends Columns {
  q: number;
  kind: Uint8Array;
  rung: Uint8Array;
  visibility: Uint8Array;
  zone: Uint8Array;
  country: Uint8Array;
  year: Uint8Array;
  direction: Uint8Array;
  angle: Uint8Array;
  poleOf: Uint32Array;
  more: Map<number, number[]>;
  groups: Groups;
}

/** What a view is counted by, before anybody asks for something. */
interface Columns {
  n: number;
  x: Uint32Array;
  y: Uint32Array;
  vendor: Uint16Array;
  lifecycle: Uint8Array;
}

/** Rows alike in every filtered column share a group; each facet has its value by group. */
interface Groups {
  of: Uint32Array;
  n: number;
  [facet: string]: any;
}

/** A part of the world in cells of the grid; `west` plus `width` may cross the antimeridian. */
interface Area {
  west: number;
  north: number;
  width: number;
  height: number;
}

/** What a canvas draws: world pixels at a zoom, the canvas and the view inside it. */
interface Frame {
  zoom: number;
  ratio: number;
  drawn: any;
  view: any;
}

/** A mark that can be pointed at, in canvas pixels. */
interface Spot {
  x: number;
  y: number;
  r: number;
}

/** A camera's full released row, as `details.js` reads it; docs/data-format.md says what each is. */
interface CameraRecord {
  camera_id: string;
  device_type: string;
  camera_type: string | null;
  nearest_place: string | null;
  nearest_place_km: number;
  country_code: string | null;
  vendor_id: string;
  vendor_name: string | null;
  vendor_as_written: string | null;
  /** Where a value names several makers; then no one of them is the vendor. */
  vendor_ids: string[] | null;
  vendor_names: string[];
  vendor_rung: string;
  vendor_method: string | null;
  operator_withheld: boolean;
  operator_name: string | null;
  operator_org_name: string | null;
  operator_supplier_ids: string[] | null;
  operator_supplier_names: string[];
  place_deployment_ids: string[] | null;
  place_deployment_names: string[];
  flags: string[];
  view_angle_deg: number;
  directions_deg: number[];
  directions_as_written: string | null;
  lifecycle: string;
  ended_on: string;
  mount: string | null;
  visibility: string | null;
  zone: string | null;
  installed_on: string | null;
  last_checked_on: string | null;
  first_mapped_on: string | null;
  first_mapped_method: string;
  source_id: string;
  source_ref: string;
  source_url: string | null;
  license_id: string;
  location_precision_m: number | null;
  geometry_kind: string;
  links?: { source_id: string; source_ref: string; certainty: string; distance_m: number }[];
}

/** A label of the drawer and what stands beside it; an empty list is not known. */
type Fact = [string, Child[]];

/** Land as the data file holds it: rings and lines in steps from their first corner. */
interface Land {
  q: number;
  rings: number[][];
  borders: number[][];
  disputed: number[][];
}

/** A ring or a line: corners as pairs on the grid of its file, and the box around them. */
interface LandShape {
  points: Float64Array;
  box: Box;
}

/** Land unrolled, in units of its own grid, which is `side` wide. */
interface LandShapes {
  side: number;
  rings: LandShape[];
  borders: LandShape[];
  disputed: LandShape[];
}

/** `data/coast/index.js`: rows of marks from north to south, what each cell of the close coast holds. */
interface CoastIndex {
  q: number;
  overlap: number;
  cells: string[];
}

/** A cell of the close coast in a frame: its place and side in pixels, and its land in its own steps. */
interface CoastCell {
  x: number;
  y: number;
  left: number;
  top: number;
  side: number;
  isLand: boolean;
  rings: LandShape[];
  rectangle: Rectangle;
}

/** The colours of the moment; they change with the theme. */
type ColoursNow = () => Colours;

/** What one view holds, and how it was drawn. */
interface View {
  tally: Tally;
  area: Area;
  frame: Frame;
}

/** The first picture: cells with the number of their cameras. */
interface Overview {
  n: number;
  x: Uint32Array;
  y: Uint32Array;
  kind: number[];
  vendor: number[];
  count: number[];
}

/** What a frame is drawn with: the colours and what is chosen or opened, by row and by pole. */
interface Look {
  colours: Colours;
  chosen: number;
  open: number;
}

/** A look with the zoom and the radius of a mark. */
interface ClosedLook extends Look {
  zoom: number;
  r: number;
}

/** The cameras of one place on the canvas. */
interface Place {
  x: number;
  y: number;
  rows: number[];
}

/** A place that the pointer finds; `pole` is -1 for a camera alone. */
interface Hit extends Spot {
  rows: number[];
  pole: number;
}

/** What is chosen of a facet: numbers of its words, and whether they are all but those. */
interface Chosen {
  but: boolean;
  set: Set<number>;
}

/** Years as numbers of the column; null, null lets every year through. */
interface Years {
  from: number | null;
  to: number | null;
  unknown: boolean;
}

/** A filter as the address gives it. */
interface FilterState {
  years?: Years | null;
  [facet: string]: any;
}

/** The state that an address holds. */
interface Asked {
  view: { zoom: number; lat: number; lng: number } | null;
  filter: FilterState;
  understood: boolean;
  embed?: boolean;
  count?: boolean;
  camera?: string;
  deployment?: string;
  place?: string;
}

/** The page when its first screen answers, before there is a picture. */
interface Begun {
  map: LeafletMap;
  meta: Meta;
  makers: Maker[];
  asked: Asked;
  rings: any;
  story: { afterClose: () => void };
  cameras: ComingCameras;
  showSummary: (tally: Tally) => void;
}

/** The file of every camera, and what is read from it. */
interface ComingCameras {
  file: Promise<any>;
  store: Promise<Store>;
}

/** Where the rows of a frame lie: worked out once, and counted again with each filter. */
interface Placed {
  n: number;
  row: Uint32Array;
  inView: Uint32Array;
  viewed: number[];
  piles: Piles | null;
}

/** Cameras of one group in one hexagon: how many, and how far they lie from its middle, summed. */
interface Piles {
  n: number;
  hexagon: Uint32Array;
  group: Uint32Array;
  count: Uint32Array;
  offX: Float64Array;
  offY: Float64Array;
}

/** A word of a facet with its number. */
interface Held extends Word {
  index: number;
  name?: string | null;
}

/** What the list shows: a view with what stands in it. */
interface ListView extends View {
  store: Store;
  chosen: number;
  deployments: { inView: Deployment[]; elsewhere: Deployment[]; all: number };
}

/** A tile of streets: one path for each kind, and the named larger streets. */
interface StreetTile {
  paths: Record<string, Path2D | null>;
  named: { name: string; major: boolean; points: number[] }[];
}

/** Where a tile lies, in tiles of zoom 13. */
interface TileAt {
  name: string;
  x: number;
  y: number;
}

/** Deployments that share a ring. */
interface Ring extends Spot {
  deployments: Deployment[];
  isFaint: boolean;
}

/** A rectangle on the canvas, in pixels. */
interface Rectangle {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A source of a deployment as the drawer names it. */
interface SourceOfClaim {
  publisher: string;
  title: string;
  /** The language of the title as it was shown, where that is known. */
  lang: string | null;
  url: string | null;
  archive_url: string | null;
  details: string;
}

/** Hexagons over an area: how many cameras of each class lie in each, and how far off its middle. */
interface Lattice {
  shift: number;
  side: number;
  tall: number;
  across: number;
  area: Area;
  /** Columns of the whole world where it is all there, else 0. */
  round: number;
  n: Uint32Array;
  offX: Float64Array;
  offY: Float64Array;
}

/** Cameras that lie close together, as they are drawn; `shares` counts them by class of maker. */
interface Disc extends Spot {
  n: number;
  shares: Uint32Array;
}

/** Cameras in a view by class of maker. */
interface Shares {
  n: number;
  shares: Uint32Array;
}

/** One measure for all discs of the map. */
interface DiscScale {
  add(fullestAt: (zoom: number) => number): void;
  forget(): void;
  unitAt(zoom: number): number;
}

/** A maker or supplier by its number. */
interface Maker {
  id: string | null;
  name: string | null;
  rows?: number;
}

/** Systems by each value of a facet. */
interface SystemTally {
  total: number;
  before: number;
  [facet: string]: any;
}

/** A ring that wants a label. */
interface RingLabel extends Ring {
  text: string;
}

/** What the key follows: a view's counts, and whether it is drawn as discs. */
interface KeyView {
  tally: Tally;
  world: Shares | null;
  zoom: number;
  hasDiscs: boolean;
}

/** Names on the map: `data/labels.js`, and the places of the search on the same grid. */
interface Cities {
  name: string[];
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  thousands: number[];
  /** What is written, where it is not the name. */
  shown?: Map<number, string>;
}

/** What large cities are called in the page's language: row of `labels.js`, name. */
interface CityNames {
  cities: [number, string][];
}

/** Where countries and the larger cities have their names. */
interface Labels {
  countries: { code: string[]; x: number[]; y: number[]; radius: number[] };
  cities: Cities;
}

/** A ruling of a country's court or regulator in a line. */
interface RulingLine {
  country: string;
  deployment: string | null;
  line: string;
}

/** What a place is told from. */
interface KnownOfPlace {
  store: Store;
  meta: Meta;
  makers: Maker[];
  systems: Deployment[];
  rulings: RulingLine[];
  askRoads: (place: TownReach) => void;
}

/** A place with how far it reaches, in metres. */
interface TownReach extends Town {
  radius: number;
}

/** What the search offers: a name, what it is, what it does; some have a mark and a rank. */
interface Entry {
  name: string;
  what: string;
  go(): void;
  key: string;
  wide: string;
  mark?: () => Node;
  rank?: number;
  /** A documented system: found first only by its whole name. */
  isSystem?: boolean;
  /** The place that this is another name of. */
  of?: Found;
}

/** An entry before its search keys are made. */
interface Found extends Omit<Entry, "key" | "wide"> {
  also: string;
  key?: string;
  wide?: string;
  id?: string;
  page?: string;
}

/** A street with a name: its corners as pairs, and where and how large they lie on the canvas. */
interface Street {
  name: string;
  major: boolean;
  points: ArrayLike<number>;
  left: number;
  top: number;
  scale: number;
}

interface Count {
  figure: string;
  what: string;
  state: string;
  when: string;
  scope: string | null;
  sources: number[];
}

interface Claim {
  byline: string;
  says: string | null;
  text: string;
  is_bare: boolean;
  sources: number[];
}

/** What the filter asks of a system, as numbers of the page's lists. */
interface SystemValues {
  country: number;
  technologies: number[];
  years: [number | null, number | null];
  supplies: { vendor: number; status: number; listed: number }[];
}

interface Supplier {
  supplier: string;
  supplier_id: string;
  product: string | null;
  supplies: boolean;
  is_listed: boolean;
  headline: string;
  status: string;
}

/** A system in use somewhere, from `data/deployments.js`. */
interface Deployment {
  /** The same as numbers of the page's lists; systems.js gives it. */
  values: SystemValues;
  id: string;
  name: string;
  place: string;
  where: string;
  country_code: string;
  technology_ids: string[];
  years: [number | null, number | null];
  operator: string | null;
  lat_deg: number | null;
  lon_deg: number | null;
  technologies: string | null;
  period: string | null;
  headline: { line: string; label: string; size: number } | null;
  suppliers: Supplier[];
  /** How much is said of it: counts and claims. */
  said: number;
  /** Its place in the files; load_systems.js gives it. */
  row: number;
}

/** What is said of one system: the part of the drawer that comes in a file of its own. */
interface Evidence {
  counts: Count[];
  claims: Claim[];
  sources: SourceOfClaim[];
  supplier_claims: Claim[][];
  supplier_parts: Part[][];
}

/** Who supplies a supplier, where a source ties that to the system. */
interface Part extends Supplier {
  claims: Claim[];
  parts: Part[];
}

/** What a drawer is filled with. */
interface DrawerPage {
  title: string | Node;
  under: any;
  body: any[];
}

/** A town or a country that the reader asked for; `thousands` of people, 0 where not known. */
interface Town {
  name: string;
  country: string;
  lat: number;
  lng: number;
  thousands: number;
  isCountry: boolean;
  /** How an address names it; absent where it must name nothing, as where the reader is. */
  ref?: string;
}

/** What the reader chose: one of a row, a published id, a deployment; none of them: nothing. */
interface Choice {
  row?: number;
  cameraId?: string;
  near?: boolean;
  deployment?: Deployment;
  place?: Town;
  page?: DrawerPage;
  fromList: boolean;
}

/** How many cameras a view holds, in all and by each facet's values. */
interface Tally {
  total: number;
  before: number;
  unknownMaker: number;
  [facet: string]: any;
}

/** A straight piece of a route on the plane, and where it lies along the route, in metres. */
interface RoutePiece {
  start: { x: number; y: number };
  end: { x: number; y: number };
  first: number;
  length: number;
}

/** A route laid end to end; `middle` is the longitude around which cameras are taken. */
interface RoutePieces {
  pieces: RoutePiece[];
  chunks: { pieces: RoutePiece[]; west: number; east: number; south: number; north: number }[];
  length: number;
  middle: number;
}

/** A camera as a route is measured against it; degrees and metres, null where not known. */
interface RouteCamera {
  id: string | number;
  lon: number;
  lat: number;
  directions: number[];
  angle: number | null;
  precision: number | null;
  maker: string;
  operator: string;
}

/** What no source states: metres that a camera sees, degrees where no width is written. */
interface ExposureAssumptions {
  reach: number;
  viewAngle: number;
}

/** A camera that has some of a route, with the stretches in metres along it. */
interface Looking {
  camera: RouteCamera;
  isFacing: boolean;
  found: [number, number][];
  parts: RoutePart[];
}

/** A part of a piece, from one share of it to another. */
interface RoutePart {
  piece: RoutePiece;
  low: number;
  high: number;
}

/** `data/route.js` as columns: operators by name, and how precise a point is, 0 where not said. */
interface RouteColumns {
  operators: string[];
  operator: Uint32Array;
  precision: Uint16Array;
}

/** Cameras and metres of one maker or operator; an empty name is not known. */
interface SharedExposure {
  name: string;
  facing: number;
  perhaps: number;
  inView: number;
  perhapsMetres: number;
}

/** The answer for a route, in metres. */
interface RouteExposure {
  length: number;
  total: SharedExposure;
  byMaker: SharedExposure[];
  byOperator: SharedExposure[];
  cameras: { id: string | number; isFacing: boolean; metres: number }[];
}

/** A route as a file holds it: lines as longitude and latitude, and what beside them is no line. */
interface ReadRoute {
  parts: [number, number][][];
  leftOut: number;
}

/** Pieces of road as a graph: where its corners lie, those of each piece, the pieces at each corner. */
interface RoadGraph {
  lon: number[];
  lat: number[];
  cornerOf: Uint32Array;
  piecesAt: number[][];
}

/** `data/roads.js`: whether the roads are whole, the box they cover, the roads in degrees. */
interface RoadNetwork {
  state: string;
  covered: [number, number, number, number] | null;
  roads: { kind: string; name: string; corners: Float64Array }[];
}

/** A town as a circle: degrees and metres. */
interface CordonTown {
  lon: number;
  lat: number;
  radius: number;
}

/** One road into a town, as mapper/exposure/cordon.py has it; `way` in metres to the middle. */
interface RoadIn {
  name: string;
  kind: string;
  lon: number;
  lat: number;
  way: number;
  passes: boolean;
  perhaps: boolean;
  onlyPast: boolean;
  perhapsOnlyPast: boolean;
}

/** The roads into a town from west to east, and the plate readers at the roads of the circle. */
interface Cordon {
  roads: RoadIn[];
  total: SharedExposure;
  byMaker: SharedExposure[];
  byOperator: SharedExposure[];
  unconnected: number;
  isCovered: boolean | null;
}

/** Light and dark, as the page keeps them. */
interface Theme {
  onChange(listener: () => void): void;
  colours(): Colours;
}

/** What the page hands over to the tools that measure. */
interface ToolPage {
  map: LeafletMap;
  meta: Meta;
  makers: Maker[];
  ready: Promise<Store>;
  want(name: string): Promise<any>;
  drop(name: string): void;
  theme: Theme;
  strings: Record<string, string>;
}

/** The tools that measure, each a function that opens it. */
interface Tools {
  route(): void;
  cordon(place: TownReach | null): void;
}
