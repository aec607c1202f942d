// The proven level of a profile, term by term, at its largest height. specs/30-proof-system.md sections 3.1 and 3.2.
import { P } from "./field.mjs";
import { PROFILES } from "./profile.mjs";

/** Interactions a row, for the table of section 3.1. */
const FRACTIONS = 24;

/** The last layers of the low-degree test are 2^5 rows. */
const LAST_HEIGHT = 5;

/** K. @param {number} n */
const degreeBound = (n) => n + n / 32;

/** Bits, as a verdict shows them. @param {number} value */
const shown = (value) => Math.round(value * 100) / 100;

/**
 * -log2 of the error of each round, its work included.
 * @param {import("./profile.mjs").Profile} profile
 * @returns {Record<string, number>}
 */
export function termsOf({ blowUp, queries, grinding, lowest, highest }) {
  const lgQ = 5 * Math.log2(P);
  const n = 2 ** highest;
  const k = degreeBound(n);
  const domain = n * 2 ** blowUp;
  const rate = (degreeBound(2 ** lowest) + 2) / 2 ** (lowest + blowUp);
  return {
    LOGUP: lgQ - Math.log2(3 * FRACTIONS * n) + grinding.lookup,
    ALI: lgQ + grinding.ali,
    DEEP: lgQ + Math.log2(1 - P ** -4) - Math.log2(3 * (k + 1) + (k - 1) + n) + grinding.deep,
    BATCH: lgQ - Math.log2(domain) + grinding.batch,
    FOLD: lgQ - Math.log2(domain) + grinding.fold,
    QUERY: -queries * Math.log2((1 + rate) / 2) + grinding.query,
    HASH: 128,
    STMT: 4 * Math.log2(P),
  };
}

/**
 * -log2 of the sum over all rounds, if every fold halves: layer i has N / 2^i points.
 * @param {Record<string, number>} terms
 * @param {number} highest
 */
function sumOf(terms, highest) {
  const folds = Array.from({ length: highest - LAST_HEIGHT }, (_, i) => terms.FOLD + i);
  const rounds = [terms.LOGUP, terms.ALI, terms.DEEP, terms.BATCH, terms.QUERY, ...folds];
  return -Math.log2(rounds.reduce((sum, bits) => sum + 2 ** -bits, 0));
}

/** @param {string | undefined} name one profile, or all */
export function securityOf(name) {
  return PROFILES.filter((profile) => name === undefined || profile.name === name).map((profile) => {
    const terms = termsOf(profile);
    return {
      profile: profile.name,
      provenBits: shown(Math.min(...Object.values(terms))),
      provenBitsSumForm: shown(sumOf(terms, profile.highest)),
      targetBits: profile.target,
      heightLog2Max: profile.highest,
      terms: Object.fromEntries(Object.entries(terms).map(([term, bits]) => [term, shown(bits)])),
    };
  });
}
