// Epochs that continue one another. specs/40-statements.md section 5.
import { verifyEpoch } from "./epoch.mjs";

/**
 * @typedef {import("./documents.mjs").Statement} Statement
 * @typedef {import("./key.mjs").Key} Key
 * @typedef {{ statement: Statement, digest: Buffer }} Epoch
 */

/** @param {Buffer | null} a @param {Buffer} b */
const areSame = (a, b) => a !== null && a.equals(b);

/**
 * What is wrong with an epoch behind another; nothing, if nothing is.
 * @param {Epoch} last
 * @param {Statement} next
 * @param {Buffer[]} versions the digests of all versions of the epoch of `last`, in the chain so far
 * @returns {string | undefined}
 */
export function continues({ statement: last, digest }, next, versions) {
  if (last.exchange !== next.exchange || last.environment !== next.environment) {
    return "StatementMismatch";
  }
  if (next.epoch === last.epoch) {
    if (!areSame(next.supersedes, digest)) {
      return "Equivocation";
    }
    return next.previous.equals(last.previous) ? undefined : "HistoryBroken";
  }
  const follows =
    next.epoch === last.epoch + 1 &&
    versions.some((version) => version.equals(next.previous)) &&
    next.supersedes === null;
  if (!follows) {
    return "HistoryBroken";
  }
  // Times have one form and one length, so they are in the order of their characters.
  return next.snapshot > last.snapshot ? undefined : "StaleStatement";
}

/**
 * The verdict on a chain of epochs' folders, the earliest first.
 * @param {string[]} folders
 * @param {{ shard: Key, top: Key }} keys
 * @returns {{ outcome: string, detail: string, where: number }}
 */
export function verifyChain(folders, keys) {
  /** @type {Epoch | undefined} */
  let last;
  /** @type {Buffer[]} */
  let versions = [];
  for (const [where, folder] of folders.entries()) {
    const { outcome, detail, epoch } = verifyEpoch(folder, keys, undefined);
    if (outcome !== "Accepted" || epoch === undefined) {
      return { outcome: "EpochRejected", detail: `${outcome}: ${detail}`, where };
    }
    if (last !== undefined) {
      const wrong = continues(last, epoch.statement, versions);
      if (wrong !== undefined) {
        return { outcome: wrong, detail: folder, where };
      }
      versions = epoch.statement.epoch === last.statement.epoch ? versions : [];
    }
    versions = [...versions, epoch.digest];
    last = epoch;
  }
  return { outcome: "Accepted", detail: "", where: 0 };
}
