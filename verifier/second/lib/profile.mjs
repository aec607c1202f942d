// The profiles a verifier may name. specs/30-proof-system.md section 3.1, specs/20-transcript.md section 4.
import { little } from "./bytes.mjs";

/**
 * @typedef {object} Profile
 * @property {string} name
 * @property {number} blowUp lg B
 * @property {number} queries t
 * @property {{ lookup: number, ali: number, deep: number, batch: number, fold: number, query: number }} grinding bits
 * @property {number} lowest lg of the least height
 * @property {number} highest lg of the largest height
 * @property {number} target proven bits
 */

/** Bytes of a salt, and lg of the largest fold, of every profile. */
export const SALT = 32;
export const LARGEST_FOLD = 3;

const QUERY_20 = { lookup: 0, ali: 0, deep: 0, batch: 0, fold: 0, query: 20 };

/** @type {readonly Profile[]} */
export const PROFILES = [
  { name: "S100", blowUp: 2, queries: 121, grinding: QUERY_20, lowest: 13, highest: 22, target: 100 },
  { name: "S100-fast", blowUp: 1, queries: 202, grinding: QUERY_20, lowest: 14, highest: 23, target: 100 },
  { name: "S120", blowUp: 2, queries: 150, grinding: QUERY_20, lowest: 14, highest: 22, target: 120 },
  { name: "S120-fast", blowUp: 1, queries: 251, grinding: QUERY_20, lowest: 14, highest: 23, target: 120 },
];

/** @param {string} name */
export function profileNamed(name) {
  return PROFILES.find((profile) => profile.name === name);
}

/** The record that a transcript absorbs. @param {Profile} profile */
export function profileRecord(profile) {
  const name = Buffer.from(profile.name, "ascii");
  const g = profile.grinding;
  return Buffer.concat([
    Buffer.from([name.length]),
    name,
    little(1, 2),
    Buffer.from([5, profile.blowUp, 5]),
    little(profile.queries, 2),
    Buffer.from([g.lookup, g.ali, g.deep, g.batch, g.fold, g.query, LARGEST_FOLD, 1, SALT, 1, 8]),
  ]);
}

/**
 * The profile that a record describes, without security of its own: for the stored proofs of tests. Heights are limited
 * by the key alone.
 * @param {Buffer} record @returns {Profile | undefined}
 */
export function testProfile(record) {
  const at = 1 + record[0];
  if (record.length !== at + 18) {
    return undefined;
  }
  const [lookup, ali, deep, batch, fold, query] = record.subarray(at + 7, at + 13);
  const profile = {
    name: record.toString("latin1", 1, at),
    blowUp: record[at + 3],
    queries: record.readUInt16LE(at + 5),
    grinding: { lookup, ali, deep, batch, fold, query },
    lowest: 5,
    highest: 24 - record[at + 3],
    target: 0,
  };
  return profileRecord(profile).equals(record) ? profile : undefined;
}
