// The field F of 2^31 - 2^24 + 1 elements and its extension E = F[X] / (X^5 + X^2 - 1). specs/10-field.md.

/** The order of F. */
export const P = 2130706433;
const INVERSE_OF_P = 1 / P;

/**
 * An element of E: its five coordinates, lowest power of X first, each 0 .. P - 1.
 * @typedef {readonly number[]} Ext
 */

/** @param {number} a @param {number} b */
export function add(a, b) {
  const s = a + b;
  return s >= P ? s - P : s;
}

/** @param {number} a @param {number} b */
export function sub(a, b) {
  const s = a - b;
  return s < 0 ? s + P : s;
}

/** @param {number} a */
export function neg(a) {
  return a === 0 ? 0 : P - a;
}

/**
 * The product. The quotient by P, estimated in doubles, is wrong by one at most and only when the remainder is within
 * 2^11 of a multiple of P. So the low 32
 * bits of the difference, taken signed, are the remainder, or lie just below 0 or just above P (P + 2^11 < 2^31).
 * @param {number} a @param {number} b
 */
export function mul(a, b) {
  const q = Math.floor(a * b * INVERSE_OF_P);
  const r = (Math.imul(a, b) - Math.imul(q, P)) | 0;
  return r < 0 ? r + P : r >= P ? r - P : r;
}

/** @param {number} a an element @param {number} e a whole number 0 .. 2^53 - 1 */
export function pow(a, e) {
  let result = 1;
  for (let square = a, rest = e; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      result = mul(result, square);
    }
    square = mul(square, square);
  }
  return result;
}

/** @param {number} a not zero */
export function inverse(a) {
  if (a === 0) {
    throw new RangeError("zero has no inverse");
  }
  return pow(a, P - 2);
}

/** The root of unity of order 2^k, k = 0 .. 24. @param {number} k */
export function root(k) {
  return pow(3, 127 * 2 ** (24 - k));
}

/** @type {Ext} */
export const ZERO = [0, 0, 0, 0, 0];
/** @type {Ext} */
export const ONE = [1, 0, 0, 0, 0];

/** @param {number} a an element of F @returns {Ext} */
export function lift(a) {
  return [a, 0, 0, 0, 0];
}

/** @param {Ext} a @param {Ext} b @returns {Ext} */
export function addE(a, b) {
  return [add(a[0], b[0]), add(a[1], b[1]), add(a[2], b[2]), add(a[3], b[3]), add(a[4], b[4])];
}

/** @param {Ext} a @param {Ext} b @returns {Ext} */
export function subE(a, b) {
  return [sub(a[0], b[0]), sub(a[1], b[1]), sub(a[2], b[2]), sub(a[3], b[3]), sub(a[4], b[4])];
}

/** @param {Ext} a @returns {Ext} */
export function negE(a) {
  return [neg(a[0]), neg(a[1]), neg(a[2]), neg(a[3]), neg(a[4])];
}

/** @param {Ext} a @param {number} b an element of F @returns {Ext} */
export function scaleE(a, b) {
  return [mul(a[0], b), mul(a[1], b), mul(a[2], b), mul(a[3], b), mul(a[4], b)];
}

/** @param {number} x a whole number, |x| < 2^50 */
function fold(x) {
  const r = x % P;
  return r < 0 ? r + P : r;
}

/** @param {Ext} a @param {Ext} b @returns {Ext} */
export function mulE(a, b) {
  const c = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < 5; i++) {
    if (a[i] !== 0) {
      for (let j = 0; j < 5; j++) {
        c[i + j] += mul(a[i], b[j]);
      }
    }
  }
  const t = c[5] - c[8];
  return [fold(c[0] + t), fold(c[1] + c[6]), fold(c[2] - t + c[7]), fold(c[3] - c[6] + c[8]), fold(c[4] - c[7])];
}

/** @param {Ext} a @param {number} e a whole number 0 .. 2^53 - 1 @returns {Ext} */
export function powE(a, e) {
  let result = ONE;
  for (let square = a, rest = e; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      result = mulE(result, square);
    }
    square = mulE(square, square);
  }
  return result;
}

const X_TO_P = powE([0, 1, 0, 0, 0], P);
const FROBENIUS = [0, 1, 2, 3, 4].map((k) => powE(X_TO_P, k));

/** The power a^p, which is linear over F. @param {Ext} a @returns {Ext} */
export function frobenius(a) {
  return a.reduce((/** @type {Ext} */ sum, c, k) => addE(sum, scaleE(FROBENIUS[k], c)), ZERO);
}

/** @param {Ext} a not zero @returns {Ext} */
export function inverseE(a) {
  const p1 = frobenius(a);
  const p2 = frobenius(p1);
  const p3 = frobenius(p2);
  const conjugates = mulE(mulE(p1, p2), mulE(p3, frobenius(p3)));
  return scaleE(conjugates, inverse(mulE(a, conjugates)[0]));
}

/** @param {Ext} a @param {Ext} b */
export function equalE(a, b) {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3] && a[4] === b[4];
}

/** @param {Ext} a */
export function isZeroE(a) {
  return equalE(a, ZERO);
}

/**
 * The value of a column over E whose five coordinates take these values: the sum of X^k f_k.
 * @param {readonly Ext[]} f five values
 * @returns {Ext}
 */
export function join(f) {
  /** @type {Ext} */
  let sum = f[4];
  for (let k = 3; k >= 0; k--) {
    // Times X: (c0 .. c4) becomes (c4, c0, c1 - c4, c2, c3), for X^5 = 1 - X^2.
    sum = addE([sum[4], sum[0], sub(sum[1], sum[4]), sum[2], sum[3]], f[k]);
  }
  return sum;
}
