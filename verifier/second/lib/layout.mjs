// What follows from key, profile and shape: classes, trees, folds, lengths. specs/30-proof-system.md sections 4, 9 and
// 11.
import { LARGEST_FOLD, SALT } from "./profile.mjs";

/**
 * @typedef {import("./key.mjs").Key} Key
 * @typedef {import("./key.mjs").Table} Table
 * @typedef {import("./profile.mjs").Profile} Profile
 *
 * @typedef {{ index: number, table: Table, main: number, auxiliary: number, next: number, shiftedAcc: number }} Placed
 *   a table in its class: its place in
 *   key order, and the first words of its main row, its auxiliary row, its shifted main columns and its shifted acc
 * among the openings of the class
 * @typedef {object} Class  the tables of one height
 * @property {number} height lg
 * @property {Placed[]} tables in key order
 * @property {number} mainWords
 * @property {number} auxiliaryWords
 * @property {number} quotientWords with R
 * @property {number} opened words opened at zeta: main, auxiliary, quotient without R
 * @property {number[]} shifted the words, among those opened at zeta, that are opened at g zeta as well, in the order
 *   of their openings
 *
 * @typedef {{ leaves: number, words: number, class: number }} Block  rows of a class in a tree: lg of their number,
 *   words of each
 * @typedef {{ kind: number, layer: number, salt: number, blocks: Block[] }} Tree
 * @typedef {{ domain: number, arity: number, enters: number }} Fold  lg of the domain, lg of the arity, the class that
 *   enters behind it or -1
 * @typedef {{ classes: Class[], trees: Tree[], folds: Fold[], present: { index: number, table: Table, height: number
 *   }[] }} Layout
 */

export const ABSENT = 0xff;
export const FINAL_COEFFICIENTS = 33;
const SMALLEST = 5;

/** The degree bound K of a class. @param {number} height lg */
export function degreeBound(height) {
  return 2 ** height + 2 ** (height - 5);
}

/** @param {number} height @param {Placed[]} tables @param {boolean} tallest @returns {Class} */
function makeClass(height, tables, tallest) {
  let [mainWords, auxiliaryWords] = [0, 0];
  for (const placed of tables) {
    placed.main = mainWords;
    mainWords += placed.table.width;
    placed.auxiliary = auxiliaryWords;
    auxiliaryWords += 5 * placed.table.auxiliary;
  }
  /** @type {number[]} */
  const shifted = [];
  const opened = mainWords + auxiliaryWords + 15;
  for (const placed of tables) {
    placed.auxiliary += mainWords;
    placed.next = opened + shifted.length;
    shifted.push(...placed.table.next.map((column) => placed.main + column));
  }
  for (const placed of tables.filter((one) => one.table.auxiliary > 0)) {
    placed.shiftedAcc = opened + shifted.length;
    const acc = placed.auxiliary + 5 * (placed.table.auxiliary - 1);
    shifted.push(acc, acc + 1, acc + 2, acc + 3, acc + 4);
  }
  return { height, tables, mainWords, auxiliaryWords, quotientWords: tallest ? 20 : 15, opened, shifted };
}

/**
 * @param {Key} key
 * @param {Profile} profile
 * @param {readonly number[]} shape at least one table present
 * @returns {Layout}
 */
export function makeLayout(key, profile, shape) {
  const present = key.tables
    .map((table, index) => ({ index, table, height: shape[index] }))
    .filter((one) => one.height !== ABSENT);
  const heights = [...new Set(present.map((one) => one.height))].sort((a, b) => b - a);
  const classes = heights.map((height) =>
    makeClass(
      height,
      present
        .filter((one) => one.height === height)
        .map(({ index, table }) => ({ index, table, main: 0, auxiliary: 0, next: 0, shiftedAcc: 0 })),
      height === heights[0],
    ),
  );
  /** @param {number} kind @param {(one: Class) => number} words @returns {Tree} */
  const treeOf = (kind, words) => ({
    kind,
    layer: 0,
    salt: SALT,
    blocks: classes
      .map((one, i) => ({ leaves: one.height + profile.blowUp, words: words(one), class: i }))
      .filter((block) => block.words > 0),
  });
  const trees = [treeOf(2, (one) => one.mainWords)];
  if (key.interacts) {
    trees.push(treeOf(3, (one) => one.auxiliaryWords));
  }
  trees.push(treeOf(4, (one) => one.quotientWords));

  /** @type {Fold[]} */
  const folds = [];
  for (let height = heights[0]; height > SMALLEST;) {
    const next = heights.find((one) => one < height) ?? SMALLEST;
    const arity = Math.min(LARGEST_FOLD, height - next);
    const domain = height + profile.blowUp;
    trees.push({
      kind: 5,
      layer: folds.length,
      salt: 0,
      blocks: [{ leaves: domain - arity, words: 5 * 2 ** arity, class: -1 }],
    });
    height -= arity;
    folds.push({ domain, arity, enters: heights.indexOf(height) });
  }
  return { classes, trees, folds, present };
}

/**
 * Bytes of everything in front of the openings of trees.
 * @param {Key} key
 * @param {Profile} profile
 * @param {Layout} layout
 */
export function prefixLength(key, profile, layout) {
  const g = profile.grinding;
  const nonce = (/** @type {number} */ bits) => (bits > 0 ? 8 : 0);
  const interacting = layout.present.filter((one) => one.table.auxiliary > 0).length;
  const lookup = key.interacts ? nonce(g.lookup) + 32 + 20 * interacting : 0;
  const openings = layout.classes.reduce((sum, one) => sum + one.opened + one.shifted.length, 0);
  return (
    key.tables.length +
    32 +
    lookup +
    nonce(g.ali) +
    32 +
    nonce(g.deep) +
    20 * openings +
    nonce(g.batch) +
    layout.folds.length * (32 + nonce(g.fold)) +
    20 * FINAL_COEFFICIENTS +
    nonce(g.query)
  );
}

/**
 * Bytes of the longest proof: each query opens a path of its own in each tree.
 * @param {Key} key
 * @param {Profile} profile
 * @param {Layout} layout
 */
export function longestProof(key, profile, layout) {
  const path = layout.trees.reduce(
    (sum, tree) =>
      sum + 32 * tree.blocks[0].leaves + tree.blocks.reduce((bytes, block) => bytes + 4 * block.words + tree.salt, 0),
    0,
  );
  return prefixLength(key, profile, layout) + profile.queries * path;
}
