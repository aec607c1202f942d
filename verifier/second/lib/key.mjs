// A verifying key read from its canonical bytes: tables, each a graph of expressions with constraints and interactions.
// specs/30-proof-system.md section 6.
import { Reader, demand, sha256 } from "./bytes.mjs";

/**
 * @typedef {{ op: number, a: number, b: number }} Node  CONST a; COL a, offset b; PUB a; ADD, SUB, MUL of nodes a and
 *   b; NEG of node a
 * @typedef {{ id: number, kind: number, width: number, weights: number }} Bus
 * @typedef {{ rows: number, node: number }} Constraint
 * @typedef {{ bus: Bus, receives: boolean, bound: number, weights: number[], message: number[] }} Interaction
 *
 * @typedef {object} Table
 * @property {string} name
 * @property {number} declared columns
 * @property {number} width declared columns and blind columns
 * @property {boolean} blind whether five blind columns stand behind the declared ones
 * @property {number} lowest lg
 * @property {number} highest lg
 * @property {boolean} optional
 * @property {Node[]} nodes
 * @property {Constraint[]} constraints
 * @property {Interaction[]} interactions
 * @property {number[][]} groups places of the interactions of a group: one or two
 * @property {number} auxiliary columns over E: the groups and acc, or 0
 * @property {number[]} next columns read in the next row, ascending
 *
 * @typedef {object} Key
 * @property {Buffer} hash
 * @property {number} inputs
 * @property {{ bus: Bus, receives: boolean }[]} messages
 * @property {Table[]} tables
 * @property {boolean} interacts
 * @property {number} widest bus
 * @property {number} weights the largest number of weights of a bus
 */

export const Op = Object.freeze({ Const: 1, Col: 2, Pub: 3, Add: 4, Sub: 5, Mul: 6, Neg: 7 });
export const Rows = Object.freeze({ Every: 0, First: 1, Transition: 2, Last: 3 });
export const Kind = Object.freeze({ Permutation: 0, Lookup: 1, Sum: 2 });

const MAGIC = "zkexchange-stark-v1/key";

/** @param {boolean} condition @param {string} detail @returns {asserts condition} */
function rule(condition, detail) {
  demand(condition, "KeyInvalid", detail);
}

/** @param {Reader} reader @param {number} above */
function flag(reader, above) {
  const value = reader.u8();
  rule(value < above, `a choice of ${above} is ${value}`);
  return value;
}

/** @param {Reader} reader @returns {Bus} */
function readBus(reader) {
  const bus = { id: reader.u16(), kind: flag(reader, 3), width: reader.u16(), weights: reader.u16() };
  rule(bus.width >= 1 && bus.width <= 1024 && bus.weights >= 1 && bus.weights <= 1024, `bus ${bus.id}: sizes`);
  rule(bus.kind === Kind.Sum || bus.weights === 1, `bus ${bus.id} has ${bus.weights} weights`);
  return bus;
}

/**
 * @param {Reader} reader
 * @param {number} columns
 * @param {number} inputs
 * @returns {{ nodes: Node[], degrees: number[] }}
 */
function readGraph(reader, columns, inputs) {
  const count = reader.u32();
  /** @type {Node[]} */
  const nodes = [];
  /** @type {number[]} */
  const degrees = [];
  const seen = new Set();
  for (let i = 0; i < count; i++) {
    const op = reader.u8();
    let [a, b, degree] = [0, 0, 0];
    if (op === Op.Const) {
      a = reader.word();
    } else if (op === Op.Col) {
      [a, b, degree] = [reader.u16(), flag(reader, 2), 1];
      rule(a < columns, `node ${i} names column ${a}`);
    } else if (op === Op.Pub) {
      a = reader.u16();
      rule(a < inputs, `node ${i} names public input ${a}`);
    } else if (op === Op.Neg) {
      a = reader.u32();
      rule(a < i, `node ${i} is not behind its operand`);
      degree = degrees[a];
    } else {
      rule(op >= Op.Add && op <= Op.Mul, `node ${i} has opcode ${op}`);
      [a, b] = [reader.u32(), reader.u32()];
      rule(a < i && b < i, `node ${i} is not behind its operands`);
      degree = op === Op.Mul ? degrees[a] + degrees[b] : Math.max(degrees[a], degrees[b]);
    }
    const name = `${op} ${a} ${b}`;
    rule(!seen.has(name), `node ${i} repeats another`);
    seen.add(name);
    nodes.push({ op, a, b });
    degrees.push(degree);
  }
  return { nodes, degrees };
}

/** @param {Reader} reader @param {number[]} degrees @param {number} most the degree allowed */
function readNode(reader, degrees, most) {
  const node = reader.u32();
  rule(node < degrees.length && degrees[node] <= most, `node ${node} is absent or its degree above ${most}`);
  return node;
}

/** @param {Reader} reader @param {Map<number, Bus>} buses @param {number[]} degrees @returns {Interaction} */
function readInteraction(reader, buses, degrees) {
  const bus = buses.get(reader.u16());
  rule(bus !== undefined, "an interaction on an unknown bus");
  const receives = flag(reader, 2) === 1;
  const bound = reader.u32();
  const count = reader.u16();
  rule(count >= 1 && count <= bus.weights, `${count} weights on bus ${bus.id}`);
  const counted = bus.kind === Kind.Permutation || (bus.kind === Kind.Lookup && !receives);
  rule(bus.kind !== Kind.Permutation || bound === 1, `bus ${bus.id}: bound of a permutation is 1`);
  rule(counted ? bound > 0 : bound === 0, `bus ${bus.id}: bound ${bound}`);
  const weights = Array.from({ length: count }, () => readNode(reader, degrees, 2));
  const message = Array.from({ length: bus.width }, () => readNode(reader, degrees, 1));
  return { bus, receives, bound, weights, message };
}

/** @param {Reader} reader @param {Map<number, Bus>} buses @param {number} inputs @returns {Table} */
function readTable(reader, buses, inputs) {
  const name = reader.take(reader.u8()).toString("latin1");
  const declared = reader.u16();
  const [lowest, highest] = [reader.u8(), reader.u8()];
  const optional = flag(reader, 2) === 1;
  rule(/^[\x00-\x7f]+$/.test(name), "a name of ASCII");
  rule(declared >= 1 && declared <= 32767, `${name}: ${declared} columns`);
  rule(lowest >= 5 && lowest <= highest && highest <= 24, `${name}: heights ${lowest} .. ${highest}`);
  const { nodes, degrees } = readGraph(reader, declared, inputs);
  const constraints = Array.from({ length: reader.u32() }, () => {
    const rows = flag(reader, 4);
    return { rows, node: readNode(reader, degrees, rows === Rows.Every || rows === Rows.Transition ? 3 : 2) };
  });
  const interactions = Array.from({ length: reader.u32() }, () => readInteraction(reader, buses, degrees));
  /** @type {number[][]} */
  const groups = [];
  for (let i = 0; i < interactions.length; i += 2) {
    groups.push(i + 1 < interactions.length ? [i, i + 1] : [i]);
  }
  const next = nodes
    .filter((node) => node.op === Op.Col && node.b === 1)
    .map((node) => node.a)
    .sort((x, y) => x - y);
  const auxiliary = groups.length === 0 ? 0 : groups.length + 1;
  return {
    name,
    declared,
    width: declared,
    blind: false,
    lowest,
    highest,
    optional,
    nodes,
    constraints,
    interactions,
    groups,
    auxiliary,
    next,
  };
}

/** @param {Buffer} bytes @returns {Key} */
export function readKey(bytes) {
  const reader = new Reader(bytes, "KeyInvalid", "KeyInvalid");
  rule(reader.take(MAGIC.length).toString("latin1") === MAGIC, "not a key");
  const busCount = reader.u16();
  /** @type {Map<number, Bus>} */
  const buses = new Map();
  for (let i = 0; i < busCount; i++) {
    const bus = readBus(reader);
    rule(!buses.has(bus.id), `bus ${bus.id} is repeated`);
    buses.set(bus.id, bus);
  }
  const inputs = reader.u16();
  const messages = Array.from({ length: reader.u8() }, () => {
    const bus = buses.get(reader.u16());
    rule(bus !== undefined && bus.kind === Kind.Permutation, "public messages stand on permutation buses");
    return { bus, receives: flag(reader, 2) === 1 };
  });
  const tableCount = reader.u8();
  rule(tableCount >= 1, "no table");
  const tables = Array.from({ length: tableCount }, () => readTable(reader, buses, inputs));
  rule(reader.left === 0, "bytes behind the key");
  checkInteractions(tables, buses);
  const interacting = tables.filter((table) => table.interactions.length > 0);
  rule(interacting.length > 0 || messages.length === 0, "public messages without interactions");
  for (const table of interacting.length >= 2 ? interacting : []) {
    table.blind = true;
    table.width += 5;
  }
  const all = [...buses.values()];
  return {
    hash: sha256(bytes),
    inputs,
    messages,
    tables,
    interacts: interacting.length > 0,
    widest: Math.max(0, ...all.map((bus) => bus.width)),
    weights: Math.max(1, ...all.map((bus) => bus.weights)),
  };
}

/** @param {Table[]} tables @param {Map<number, Bus>} buses */
function checkInteractions(tables, buses) {
  for (const bus of buses.values()) {
    const receivers = tables.filter((table) => table.interactions.some((one) => one.bus === bus && one.receives));
    rule(bus.kind !== Kind.Lookup || receivers.length === 1, `bus ${bus.id}: ${receivers.length} tables receive`);
  }
  const interacting = tables.filter((table) => table.interactions.length > 0);
  rule(interacting.length === 0 || interacting.some((table) => !table.optional), "no mandatory table interacts");
}
