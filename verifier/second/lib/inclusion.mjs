// What a customer checks. specs/40-statements.md section 6.
import { Refusal, demand, sha256 } from "./bytes.mjs";
import { LONGEST, readInclusion, readStatement } from "./documents.mjs";
import { readLimited, rephrase } from "./epoch.mjs";
import { compress, leafOf, tagOf } from "./poseidon2.mjs";

/**
 * @typedef {import("./documents.mjs").Statement} Statement
 * @typedef {readonly number[]} Digest
 */

/**
 * Whether a leaf is in the tree of a statement.
 * @param {Statement} statement
 * @param {Digest} leaf
 * @param {number} position
 * @param {Digest[]} path
 * @param {Digest[]} sums
 */
export function leads(statement, leaf, position, path, sums) {
  const [g, height] = [statement.shardHeight, statement.height];
  if (position >= statement.shardNodes.length * 2 ** g || path.length !== height || sums.length !== height - g + 1) {
    return false;
  }
  let v = leaf;
  for (let level = 0; level < height; level++) {
    if (level === g) {
      v = compress(v, sums[0]);
    }
    const right = Math.floor(position / 2 ** level) % 2 === 1;
    const u = right ? compress(path[level], v) : compress(v, path[level]);
    v = level < g ? u : compress(u, sums[level + 1 - g]);
  }
  if (g === height) {
    v = compress(v, sums[0]);
  }
  return v.every((word, i) => word === statement.root[i]);
}

/** Whether an entry may have this key: asset index + 2^16 pool. @param {Statement} statement @param {number} key */
function hasKey(statement, key) {
  const [asset, pool] = [key % 65536, Math.floor(key / 65536)];
  return asset < statement.assets.length && (pool === 0 || (statement.pools[pool - 1] ?? "") !== "");
}

/**
 * @param {string} file
 * @param {string} statementFile
 * @param {string | undefined} customer
 * @param {Buffer | undefined} given the digest of the statement
 * @returns {{ outcome: string, detail: string }}
 */
export function verifyInclusion(file, statementFile, customer, given) {
  try {
    const bytes = rephrase(
      () => readLimited(statementFile, LONGEST),
      () => "StatementInvalid",
    );
    const digest = sha256(bytes);
    demand(given === undefined || given.equals(digest), "StatementMismatch", digest.toString("hex"));
    const statement = rephrase(
      () => readStatement(bytes),
      () => "StatementInvalid",
    );
    const inclusion = rephrase(
      () => readInclusion(readLimited(file, LONGEST)),
      () => "InclusionFormat",
    );
    const { own } = inclusion;
    const keys = own?.entries ?? [];
    demand(
      keys.every(({ key }) => hasKey(statement, key)),
      "InclusionFormat",
      "a key that the statement does not have",
    );
    demand(inclusion.statement.equals(digest), "StatementMismatch", "the file is for another statement");
    demand(customer === undefined || own?.customer === customer, "InclusionLeaf", "another customer");
    const leaf = own === null ? inclusion.leaf : leafOf(tagOf(own.customer, own.nonce), own.entries, own.salt);
    demand(leads(statement, leaf, inclusion.position, inclusion.path, inclusion.sums), "InclusionPath");
    return { outcome: "Accepted", detail: own === null ? "a leaf" : own.customer };
  } catch (error) {
    if (error instanceof Refusal) {
      return { outcome: error.outcome, detail: error.detail };
    }
    throw error;
  }
}
