// Bytes in, bytes out. All numbers are little-endian; an element of F is four bytes and below p. specs/10-field.md
// section 1.
import { createHash } from "node:crypto";
import { P } from "./field.mjs";

/** @typedef {import("./field.mjs").Ext} Ext */

/** What a verifier says when it says no. Thrown inside of this program and caught at its doors. */
export class Refusal extends Error {
  /** @param {string} outcome the name of the outcome @param {string} [detail] where and why */
  constructor(outcome, detail = "") {
    super(detail === "" ? outcome : `${outcome}: ${detail}`);
    this.outcome = outcome;
    this.detail = detail;
  }
}

/** @param {boolean} condition @param {string} outcome @param {string} [detail] @returns {asserts condition} */
export function demand(condition, outcome, detail) {
  if (!condition) {
    throw new Refusal(outcome, detail);
  }
}

/** @param {...Uint8Array} parts @returns {Buffer} */
export function sha256(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) {
    hash.update(part);
  }
  return hash.digest();
}

/** @param {number} value @param {number} size bytes, 1 .. 6 */
export function little(value, size) {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, size);
  return bytes;
}

/** @param {number} value 0 .. 2^53 - 1 */
export function u64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** @param {readonly number[]} words elements of F */
export function wordBytes(words) {
  const bytes = Buffer.alloc(4 * words.length);
  words.forEach((word, i) => bytes.writeUInt32LE(word, 4 * i));
  return bytes;
}

/** A reader that refuses with one outcome whatever is wrong. */
export class Reader {
  /**
   * @param {Buffer} bytes
   * @param {string} encoding the outcome of a word of p or more
   * @param {string} length the outcome of an early end
   */
  constructor(bytes, encoding, length) {
    this.bytes = bytes;
    this.at = 0;
    this.encoding = encoding;
    this.length = length;
  }

  get left() {
    return this.bytes.length - this.at;
  }

  /** @param {number} count @returns {Buffer} */
  take(count) {
    demand(count <= this.left, this.length, `ends at byte ${this.bytes.length}, wants ${count} from ${this.at}`);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  u8() {
    return this.take(1)[0];
  }

  u16() {
    return this.take(2).readUInt16LE(0);
  }

  u32() {
    return this.take(4).readUInt32LE(0);
  }

  /** An element of F. */
  word() {
    const word = this.u32();
    demand(word < P, this.encoding, `a word of p or more at byte ${this.at - 4}`);
    return word;
  }

  /** @param {number} count */
  words(count) {
    const bytes = this.take(4 * count);
    const words = new Array(count);
    for (let i = 0; i < count; i++) {
      words[i] = bytes.readUInt32LE(4 * i);
      demand(words[i] < P, this.encoding, `a word of p or more at byte ${this.at - 4 * (count - i)}`);
    }
    return words;
  }

  /** @param {number} count @returns {Ext[]} */
  exts(count) {
    const words = this.words(5 * count);
    return Array.from({ length: count }, (_, i) => words.slice(5 * i, 5 * i + 5));
  }
}
