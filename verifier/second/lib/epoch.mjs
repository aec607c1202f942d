// The check of an epoch, in the order of specs/40-statements.md section 5; its folder, specs/50-wire-formats.md section
// 3.
import { createPublicKey, verify } from "node:crypto";
import { opendirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Refusal, demand, sha256 } from "./bytes.mjs";
import { shardClaims, topClaim } from "./claims.mjs";
import { LONGEST, readReserves, readStatement } from "./documents.mjs";
import { longestProof, makeLayout } from "./layout.mjs";
import { profileNamed } from "./profile.mjs";
import { checkShape, verifyProof } from "./proof.mjs";

/**
 * @typedef {import("./documents.mjs").Statement} Statement
 * @typedef {import("./key.mjs").Key} Key
 * @typedef {import("./profile.mjs").Profile} Profile
 * @typedef {{ outcome: string, detail: string, flags: string[], epoch?: import("./chain.mjs").Epoch }} Verdict
 */

/** The outcome that a broken rule of a statement stands for. specs/50-wire-formats.md section 8. */
const OUTCOMES = new Map([
  ["Length", "LimitExceeded"],
  ...["Canonical", "Field", "Number", "Text", "Hash", "Digest", "Amount"].map((rule) => pair(rule, "BadEncoding")),
  ["Format", "UnknownVersion"],
  ...["TotalsExceedReserves", "BadDebtUncovered"].map((rule) => pair(rule, "TotalsInconsistent")),
]);

/** @param {string} rule @param {string} outcome @returns {[string, string]} */
function pair(rule, outcome) {
  return [rule, outcome];
}

/** @template T @param {() => T} read @param {(rule: string) => string} outcome @returns {T} */
export function rephrase(read, outcome) {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) {
      throw new Refusal(outcome(error.outcome), error.message);
    }
    throw error;
  }
}

/** Of a file, or of what a link leads to. @param {string} path */
function statusOf(path) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/**
 * The bytes of a file; nothing, if it is no regular file. What says of itself that it is empty is not opened: under
 * /proc there are files of no length that never end.
 * @param {string} path
 * @param {number} longest
 */
export function readLimited(path, longest) {
  const status = statusOf(path);
  if (!status?.isFile() || status.size === 0) {
    return Buffer.alloc(0);
  }
  demand(status.size <= longest, "LimitExceeded", path);
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Refusal("FileUnreadable", String(error));
  }
  demand(bytes.length === status.size, "FileUnreadable", path);
  return bytes;
}

/** More entries than a folder of an epoch can have. */
const ENTRIES = 65536 + 8;

/** The names in a folder, those of folders with a stroke behind them; of too many the first. @param {string} folder */
function entriesOf(folder) {
  try {
    const names = [];
    const directory = opendirSync(folder);
    try {
      for (let entry = directory.readSync(); entry !== null && names.length < ENTRIES; entry = directory.readSync()) {
        names.push(statusOf(join(folder, entry.name))?.isDirectory() ? `${entry.name}/` : entry.name);
      }
    } finally {
      directory.closeSync();
    }
    return names;
  } catch {
    return [];
  }
}

/** @param {string[]} found @param {string[]} wanted */
function areEqual(found, wanted) {
  return found.length === wanted.length && new Set([...found, ...wanted]).size === wanted.length;
}

/** @param {number} shard */
const shardName = (shard) => `shard-${String(shard).padStart(6, "0")}.zkp`;

/** @param {string} folder @param {Statement} statement */
function checkFiles(folder, statement) {
  const files = ["proofs/", "statement.json"];
  if (statement.signer !== null) {
    files.push("statement.sig");
  }
  if (statement.reserves !== null) {
    files.push("reserves.json");
  }
  const proofs = [...statement.shardNodes.map((_, shard) => shardName(shard)), "top.zkp"];
  demand(areEqual(entriesOf(folder), files), "FileSet", "the folder");
  demand(areEqual(entriesOf(join(folder, "proofs")), proofs), "FileSet", "proofs");
}

/** @param {Buffer} text @param {Buffer} signer @param {Buffer} digest */
function checkSignature(text, signer, digest) {
  demand(/^[0-9a-f]{128}$/.test(text.toString("latin1")), "SignatureInvalid", "form");
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const s = BigInt(`0x${text.toString("latin1", 64)}`);
  demand(s > 0n && s <= order / 2n, "SignatureInvalid", "s");
  const jwk = { kty: "EC", crv: "P-256", x: signer.toString("base64url", 1, 33), y: signer.toString("base64url", 33) };
  const key = createPublicKey({ key: jwk, format: "jwk" });
  const message = Buffer.from(`zkexchange-statement-v1:${digest.toString("hex")}`, "ascii");
  const signature = Buffer.from(text.toString("latin1"), "hex");
  demand(verify("sha256", message, { key, dsaEncoding: "ieee-p1363" }, signature), "SignatureInvalid", "signature");
}

/** @param {Buffer} bytes @param {Statement} statement */
function checkReserves(bytes, statement) {
  const stated = statement.reserves;
  if (stated === null) {
    return;
  }
  const rule = (/** @type {boolean} */ condition, /** @type {string} */ name) => demand(condition, name);
  rule(sha256(bytes).equals(stated.report), "ReserveDigest");
  const report = readReserves(bytes);
  rule(
    report.exchange === statement.exchange &&
      report.environment === statement.environment &&
      report.epoch === statement.epoch &&
      report.time === stated.time,
    "ReserveSubject",
  );
  const sums = new Map(statement.assets.map((asset) => [asset.symbol, 0n]));
  report.rows.forEach((row, i) => {
    const before = report.rows[i - 1];
    const sum = sums.get(row.asset);
    rule(sum !== undefined, "ReserveAsset");
    sums.set(row.asset, /** @type {bigint} */ (sum) + row.amount);
    if (before !== undefined) {
      const [a, b] = [before, row].map((one) => [one.asset, one.chain, one.address]);
      const at = a.findIndex((text, k) => text !== b[k]);
      rule(at >= 0 && a[at] < b[at], "ReserveOrder");
    }
  });
  rule(
    statement.assets.every((asset, i) => sums.get(asset.symbol) === stated.assets[i].amount),
    "ReserveSum",
  );
}

/** What an accepted epoch is told with. @param {Statement} s @returns {string[]} */
function flagsOf(s) {
  const { disclosed } = s;
  /** @type {[string, boolean][]} */
  const flags = [
    ["test environment", s.environment === "test"],
    ["liabilities only", s.reserves === null],
    ["not signed", s.signer === null],
    ["rows excluded", s.excluded !== null],
    ["netting caps", s.reserves !== null && s.reserves.assets.some((one) => one.nettingCap > 0n)],
    ["own assets", s.assets.some((one) => one.class === "own")],
    ["debts above equity", disclosed !== null && disclosed.totals.some((one) => one.debt > one.equity)],
    ["bad debt", disclosed !== null && disclosed.badDebt > 0n],
    ["supersedes", s.supersedes !== null],
  ];
  return flags.filter(([, holds]) => holds).map(([name]) => name);
}

/**
 * @param {Key} key
 * @param {Profile} profile
 * @param {readonly number[]} shape
 * @returns {number} bytes of the longest proof
 */
function proofLimit(key, profile, shape) {
  demand(shape.length === key.tables.length, "BadShape");
  rephrase(
    () => checkShape(key, profile, shape),
    () => "BadShape",
  );
  return longestProof(key, profile, makeLayout(key, profile, shape));
}

/**
 * The verdict on the folder of an epoch.
 * @param {string} folder
 * @param {{ shard: Key, top: Key }} keys
 * @param {Buffer | undefined} given the digest that the statement must have
 * @returns {Verdict}
 */
export function verifyEpoch(folder, keys, given) {
  try {
    demand(entriesOf(folder).includes("statement.json"), "FileSet", "no statement");
    const bytes = readLimited(join(folder, "statement.json"), LONGEST);
    const digest = sha256(bytes);
    demand(given === undefined || given.equals(digest), "StatementMismatch", digest.toString("hex"));
    const statement = rephrase(
      () => readStatement(bytes),
      (rule) => OUTCOMES.get(rule) ?? "StatementInvalid",
    );
    checkFiles(folder, statement);
    const profile = profileNamed(statement.profile);
    demand(profile !== undefined, "UnknownProfile", statement.profile);
    demand(statement.vk.shard.equals(keys.shard.hash) && statement.vk.top.equals(keys.top.hash), "KeyMismatch");
    const shardLimit = proofLimit(keys.shard, profile, statement.shardShape);
    const topLimit = proofLimit(keys.top, profile, statement.topShape);
    if (statement.signer !== null) {
      const read = () => readLimited(join(folder, "statement.sig"), 128);
      checkSignature(
        rephrase(read, () => "SignatureInvalid"),
        statement.signer,
        digest,
      );
    }
    if (statement.reserves !== null) {
      const report = readLimited(join(folder, "reserves.json"), LONGEST);
      rephrase(
        () => checkReserves(report, statement),
        () => "ReservesInvalid",
      );
    }
    const check = (
      /** @type {string} */ name,
      /** @type {Key} */ key,
      /** @type {import("./proof.mjs").Claim} */ claim,
      /** @type {number} */ limit,
    ) => {
      const verdict = verifyProof(key, profile, claim, readLimited(join(folder, "proofs", name), limit));
      demand(verdict.outcome === "Accepted", "ProofRejected", `${name}: ${verdict.outcome} ${verdict.detail}`);
    };
    shardClaims(statement, digest).forEach((claim, shard) => check(shardName(shard), keys.shard, claim, shardLimit));
    check("top.zkp", keys.top, topClaim(statement, digest), topLimit);
    const epoch = { statement, digest };
    return { outcome: "Accepted", detail: digest.toString("hex"), flags: flagsOf(statement), epoch };
  } catch (error) {
    if (error instanceof Refusal) {
      return { outcome: error.outcome, detail: error.detail, flags: [] };
    }
    throw error;
  }
}
