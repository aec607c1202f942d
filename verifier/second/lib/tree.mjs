// Merkle trees over rows of several heights, opened at several positions. specs/30-proof-system.md sections 4.2 and
// 4.3.
import { little, sha256, wordBytes } from "./bytes.mjs";

/**
 * @typedef {import("./layout.mjs").Tree} Tree
 * @typedef {import("./bytes.mjs").Reader} Reader
 * @typedef {{ rows: Map<number, number[]>[], salts: Map<number, Buffer>[], siblings: Buffer[] }} Opening  rows by
 *   index, for each class of the tree
 */

/** @param {Tree} tree @param {number} block */
function header(tree, block) {
  const bytes = Buffer.alloc(64);
  bytes.write("zkexchange-stark-v1/leaf", "ascii");
  bytes[32] = tree.kind;
  bytes[33] = tree.layer;
  bytes[34] = tree.blocks[block].leaves;
  bytes[35] = tree.salt;
  little(tree.blocks[block].words, 4).copy(bytes, 36);
  return bytes;
}

/** The distinct positions modulo a power of two, ascending. @param {Iterable<number>} positions @param {number} size */
export function distinct(positions, size) {
  return [...new Set([...positions].map((position) => position % size))].sort((a, b) => a - b);
}

/**
 * The siblings that an opening holds, level by level: places of nodes whose partner is known.
 * @param {Tree} tree @param {readonly number[]} positions @returns {number[][]}
 */
export function siblingPlaces(tree, positions) {
  const levels = [];
  for (let level = tree.blocks[0].leaves; level > 0; level--) {
    const known = new Set(distinct(positions, 2 ** level));
    const half = 2 ** (level - 1);
    const parents = distinct(positions, half);
    levels.push(parents.flatMap((i) => (known.has(i) === known.has(i + half) ? [] : [known.has(i) ? i + half : i])));
  }
  return levels;
}

/** @param {Tree} tree @param {readonly number[]} positions */
export function openingLength(tree, positions) {
  const rows = tree.blocks.reduce(
    (sum, block) => sum + distinct(positions, 2 ** block.leaves).length * (4 * block.words + tree.salt),
    0,
  );
  return rows + 32 * siblingPlaces(tree, positions).flat().length;
}

/** @param {Tree} tree @param {readonly number[]} positions @param {Reader} reader @returns {Opening} */
export function readOpening(tree, positions, reader) {
  /** @type {Opening} */
  const opening = { rows: [], salts: [], siblings: [] };
  for (const block of tree.blocks) {
    const rows = new Map();
    const salts = new Map();
    for (const index of distinct(positions, 2 ** block.leaves)) {
      rows.set(index, reader.words(block.words));
      salts.set(index, reader.take(tree.salt));
    }
    opening.rows.push(rows);
    opening.salts.push(salts);
  }
  opening.siblings = siblingPlaces(tree, positions)
    .flat()
    .map(() => reader.take(32));
  return opening;
}

/**
 * The root to which an opening leads.
 * @param {Tree} tree
 * @param {readonly number[]} positions
 * @param {Opening} opening
 * @returns {Buffer}
 */
export function rootOf(tree, positions, opening) {
  /** @param {number} block @param {number} index */
  const leaf = (block, index) =>
    sha256(
      header(tree, block),
      wordBytes(opening.rows[block].get(index) ?? []),
      opening.salts[block].get(index) ?? Buffer.alloc(0),
    );

  /** @type {Map<number, Buffer>} */
  let nodes = new Map([...opening.rows[0].keys()].map((index) => [index, leaf(0, index)]));
  let entering = 1;
  let sibling = 0;
  siblingPlaces(tree, positions).forEach((places, depth) => {
    places.forEach((place) => nodes.set(place, opening.siblings[sibling++]));
    const level = tree.blocks[0].leaves - depth - 1;
    const half = 2 ** level;
    const enters = entering < tree.blocks.length && tree.blocks[entering].leaves === level;
    /** @type {Map<number, Buffer>} */
    const parents = new Map();
    for (const i of distinct(positions, half)) {
      const children = [/** @type {Buffer} */ (nodes.get(i)), /** @type {Buffer} */ (nodes.get(i + half))];
      parents.set(i, sha256(...children, ...(enters ? [leaf(entering, i)] : [])));
    }
    entering += enters ? 1 : 0;
    nodes = parents;
  });
  return /** @type {Buffer} */ (nodes.get(0));
}
