// Poseidon2 of width 16 over F, and the digests that are made with it. specs/40-statements.md sections 2 and 6.
import { P, add, inverse, mul, neg } from "./field.mjs";

/** @param {string} text */
const table = (text) =>
  text
    .trim()
    .split(/\s+/)
    .map((word) => parseInt(word, 16));

const INITIAL = table(`
  7ee56a48 11367045 12e41941 7ebbc12b 1970b7d5 662b60e8 3e4990c6 679f91f5
  350813bb 00874ad4 28a0081a 18fa5872 5f25b071 5e5d5998 5e6fd3e7 5b2e2660
  6f1837bf 3fe6182b 1edd7ac5 57470d00 43d486d5 1982c70f 0ea53af9 61d6165b
  51639c00 2dec352c 2950e531 2d2cb947 08256cef 1a0109f6 1f51faf3 5cef1c62
  3d65e50e 33d91626 133d5a1e 0ff49b0d 38900cd1 2c22cc3f 28852bb2 06c65a02
  7b2cf7bc 68016e1a 15e16bc0 5248149a 6dd212a0 18d6830a 5001be82 64dac34e
  5902b287 426583a0 0c921632 3fe028a5 245f8e49 43bb297e 7873dbd9 3cc987df
  286bb4ce 640a8dcd 512a8e36 03a4cf55 481837a2 03d6da84 73726ac7 760e7fdf`);
const INTERNAL = table(`
  54dfeb5d 7d40afd6 722cb316 106a4573 45a7ccdb 44061375 154077a5 45744faa 4eb5e5ee 3794e83f
  47c7093c 5694903c 69cb6299 373df84c 46a0df58 46b8758a 3241ebcb 0b09d233 1af42357 1e66cec2`);
const FINAL = table(`
  43e7dc24 259a5d61 27e85a3b 1b9133fa 343e5628 485cd4c2 16e269f5 165b60c6
  25f683d9 124f81f9 174331f9 77344dc5 5a821dba 5fc4177f 54153bf5 5e3f1194
  3bdbf191 088c84a3 68256c9b 3c90bbc6 6846166a 03f4238d 463335fb 5e3d3551
  6e59ae6f 32d06cc0 596293f3 6c87edb2 08fc60b5 34bcca80 24f007f3 62731c6f
  1e1db6c6 0ca409bb 585c1e78 56e94edc 16d22734 18e11467 7b2c3730 770075e4
  35d1b18c 22be3db5 4fb1fbb7 477cb3ed 7d5311c6 5b62ae7d 559c5fa8 77f15048
  3211570b 490fef6a 77ec311f 2247171b 4e0ac711 2edf69c9 3b5a8850 65809421
  5619b4aa 362019a7 6bf9d4ed 5b413dff 617e181e 5e7ab57b 33ad7833 3466c7ca`);

const power = (/** @type {number} */ k) => inverse(2 ** k);
const DIAGONAL = [
  P - 2,
  1,
  2,
  power(1),
  3,
  4,
  neg(power(1)),
  P - 3,
  P - 4,
  power(8),
  power(3),
  power(24),
  neg(power(8)),
  neg(power(3)),
  neg(power(4)),
  neg(power(24)),
];
const M4 = [
  [2, 3, 1, 1],
  [1, 2, 3, 1],
  [1, 1, 2, 3],
  [3, 1, 1, 2],
];

/** @param {number} x */
const cube = (x) => mul(x, mul(x, x));

/** @param {readonly number[]} s @returns {number[]} */
function external(s) {
  const mixed = s.map((_, i) => M4[i % 4].reduce((sum, m, k) => sum + m * s[i - (i % 4) + k], 0));
  const columns = [0, 1, 2, 3].map((k) => mixed[k] + mixed[4 + k] + mixed[8 + k] + mixed[12 + k]);
  return mixed.map((word, i) => (word + columns[i % 4]) % P);
}

/** @param {readonly number[]} input sixteen words @returns {number[]} */
export function permute(input) {
  let s = external(input);
  const full = (/** @type {number[]} */ constants, /** @type {number} */ round) => {
    s = external(s.map((word, i) => cube(add(word, constants[16 * round + i]))));
  };
  [0, 1, 2, 3].forEach((round) => full(INITIAL, round));
  for (const constant of INTERNAL) {
    s[0] = cube(add(s[0], constant));
    const sum = s.reduce((total, word) => total + word, 0) % P;
    s = s.map((word, i) => add(sum, mul(DIAGONAL[i], word)));
  }
  [0, 1, 2, 3].forEach((round) => full(FINAL, round));
  return s;
}

/** @typedef {readonly number[]} Digest  eight words */

/** @param {Digest} left @param {Digest} right @returns {number[]} */
export function compress(left, right) {
  const input = [...left, ...right];
  const output = permute(input);
  return output.slice(0, 8).map((word, i) => add(word, input[i]));
}

const CTAG = 0x43544147;
const LEAF = 0x4c454146;
const NONE = 0x4e4f4e45;
const [DEBT, FIRST] = [2 ** 20, 2 ** 21];
export const EMPTY = [0x454d5459, 0, 0, 0, 0, 0, 0, 0];

/** @param {bigint} amount below 2^(30 count) @param {number} count @returns {number[]} words of 30 bits */
export function words30(amount, count) {
  return Array.from({ length: count }, (_, i) => Number((amount >> BigInt(30 * i)) & 0x3fffffffn));
}

/** The tag of a customer. @param {string} customer @param {Uint8Array} nonce 32 bytes @returns {number[]} */
export function tagOf(customer, nonce) {
  const id = Buffer.from(customer, "ascii");
  const message = Buffer.concat([Buffer.from([id.length & 255, id.length >> 8]), id, nonce]);
  const blocks = Math.ceil(message.length / 24);
  const padded = Buffer.concat([message, Buffer.alloc(24 * blocks - message.length)]);
  let t = [CTAG, message.length, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < blocks; i++) {
    t = compress(
      t,
      Array.from({ length: 8 }, (_, k) => padded.readUIntLE(24 * i + 3 * k, 3)),
    );
  }
  return compress(t, [CTAG, blocks, 0, 0, 0, 0, 0, 0]);
}

/**
 * The leaf of an account.
 * @param {Digest} tag
 * @param {readonly { key: number, equity: bigint, debt: bigint }[]} entries
 * @param {Digest} salt four words
 * @returns {number[]}
 */
export function leafOf(tag, entries, salt) {
  const items = entries.flatMap(({ key, equity, debt }) => [
    ...(equity !== 0n || debt === 0n ? [[key, ...words30(equity, 3)]] : []),
    ...(debt !== 0n ? [[key + DEBT, ...words30(debt, 3)]] : []),
  ]);
  items[0][0] += FIRST;
  if (items.length % 2 === 1) {
    items.push([NONE, 0, 0, 0]);
  }
  let h = compress(tag, [LEAF, ...salt, 0, 0, 0]);
  for (let i = 0; i < items.length; i += 2) {
    h = compress(h, [...items[i], ...items[i + 1]]);
  }
  return h;
}
