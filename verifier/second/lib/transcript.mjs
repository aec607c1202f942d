// The transcript: how the verifier's coins are made from what the prover has said. specs/20-transcript.md.
import { P } from "./field.mjs";
import { little, sha256, u64 } from "./bytes.mjs";

/** @typedef {import("./field.mjs").Ext} Ext */

/** The labels of section 3. */
export const Label = Object.freeze({
  Statement: 0x01,
  Profile: 0x02,
  Key: 0x03,
  Shape: 0x04,
  Inputs: 0x05,
  Messages: 0x06,
  Main: 0x10,
  Auxiliary: 0x11,
  Quotient: 0x12,
  Openings: 0x13,
  FriRoot: 0x14,
  Final: 0x15,
  Terminals: 0x16,
  Fingerprints: 0x20,
  Lambda: 0x21,
  Zeta: 0x22,
  Gamma: 0x23,
  Beta: 0x24,
  Positions: 0x25,
  /** A nonce stands right before its challenge. */
  nonceBefore: (/** @type {number} */ challenge) => challenge + 0x10,
});

/** The stream of one squeeze. */
class Stream {
  /** @param {Buffer} state @param {number} label */
  constructor(state, label) {
    this.prefix = Buffer.concat([state, Buffer.from([0x02, label])]);
    this.blocks = 0;
    /** @type {Buffer} */
    this.block = Buffer.alloc(0);
  }

  word() {
    if (this.block.length === 0) {
      this.block = sha256(this.prefix, little(this.blocks++, 4));
    }
    const word = this.block.readUInt32LE(0);
    this.block = this.block.subarray(4);
    return word;
  }

  element() {
    for (;;) {
      const word = this.word() & 0x7fffffff;
      if (word < P) {
        return word;
      }
    }
  }

  /** @returns {Ext} */
  ext() {
    return [this.element(), this.element(), this.element(), this.element(), this.element()];
  }
}

export class Transcript {
  constructor() {
    this.state = sha256(Buffer.from("zkexchange-stark-v1", "ascii"));
  }

  /** @param {number} label @param {Uint8Array} bytes */
  absorb(label, bytes) {
    this.state = sha256(this.state, Buffer.from([0x01, label]), u64(bytes.length), bytes);
  }

  /** @template T @param {number} label @param {(stream: Stream) => T} consumer @returns {T} */
  squeeze(label, consumer) {
    const stream = new Stream(this.state, label);
    const result = consumer(stream);
    this.state = sha256(this.state, Buffer.from([0x03, label]), little(stream.blocks, 4));
    return result;
  }

  /** @param {number} label @param {number} count @returns {Ext[]} */
  exts(label, count) {
    return this.squeeze(label, (stream) => Array.from({ length: count }, () => stream.ext()));
  }

  /** An element of E outside of F. @param {number} label */
  outside(label) {
    return this.squeeze(label, (stream) => {
      for (;;) {
        const z = stream.ext();
        if (z[1] !== 0 || z[2] !== 0 || z[3] !== 0 || z[4] !== 0) {
          return z;
        }
      }
    });
  }

  /** @param {number} label @param {number} count @param {number} size a power of two, at most 2^32 */
  positions(label, count, size) {
    return this.squeeze(label, (stream) => Array.from({ length: count }, () => stream.word() % size));
  }

  /**
   * Whether the nonce is good. The state is that behind it in any case.
   * @param {number} label
   * @param {number} bits > 0
   * @param {Uint8Array} nonce eight bytes
   */
  grind(label, bits, nonce) {
    this.state = sha256(this.state, Buffer.from([0x04, label]), nonce);
    for (let i = 0; i < bits; i++) {
      if (((this.state[i >> 3] >> (7 - (i & 7))) & 1) !== 0) {
        return false;
      }
    }
    return true;
  }
}
