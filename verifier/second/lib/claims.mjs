// What the proofs of an epoch are about, computed from the statement alone. specs/40-statements.md section 5, layouts
// in specs/41-circuits.md.
import { P } from "./field.mjs";
import { reservesOf } from "./documents.mjs";
import { words30 } from "./poseidon2.mjs";

/**
 * @typedef {import("./documents.mjs").Statement} Statement
 * @typedef {import("./proof.mjs").Claim} Claim
 */

const LARGEST_VALUE = (1n << 180n) - 1n;

/** @param {bigint} value @param {number} bits of a limb @param {number} count @returns {number[]} */
function limbs(value, bits, count) {
  const mask = (1n << BigInt(bits)) - 1n;
  return Array.from({ length: count }, (_, i) => Number((value >> BigInt(bits * i)) & mask));
}

/** Pool 0 and the named ones. @param {Statement} statement */
function poolsOf(statement) {
  return [0, 1, 2, 3, 4, 5, 6, 7].filter((pool) => pool === 0 || statement.pools[pool - 1] !== "");
}

/** (key, asset, rank), ascending. @param {Statement} statement @returns {number[]} */
function keyMessages(statement) {
  return poolsOf(statement)
    .flatMap((pool, i) =>
      statement.assets.map((_, asset) => [asset + 65536 * pool, asset, i * statement.assets.length + asset]),
    )
    .flat();
}

/**
 * @param {number} key
 * @param {number} kind
 * @param {bigint} weight
 * @param {bigint} low
 * @param {bigint} end
 * @param {bigint} base
 * @param {number} ratio
 */
function tierMessage(key, kind, weight, low, end, base, ratio) {
  return [
    key,
    kind,
    ...limbs(weight, 10, 9),
    ...limbs(low, 15, 12),
    ...limbs(end - low, 15, 12),
    ...limbs(base, 15, 13),
    ratio < 0 ? P + ratio : ratio,
  ];
}

/**
 * (key, kind, weight, low, width, base, ratio): the debts of all assets, then the pledges by key.
 * @param {Statement} statement
 * @returns {number[]}
 */
function tierMessages(statement) {
  const rows = statement.assets.map(({ weight }, asset) =>
    tierMessage(asset, 1, weight, 0n, LARGEST_VALUE, 0n, -10000),
  );
  for (const pool of poolsOf(statement).slice(1)) {
    statement.assets.forEach(({ tiers, weight }, asset) => {
      const own = tiers.filter((tier) => tier.pool === pool);
      let [low, base] = [0n, 0n];
      for (const { ratio, upTo } of own) {
        rows.push(tierMessage(asset + 65536 * pool, 0, weight, low, upTo, base, ratio));
        base += BigInt(ratio) * (upTo - low);
        low = upTo;
      }
      if (own.length > 0) {
        rows.push(tierMessage(asset + 65536 * pool, 0, weight, low, LARGEST_VALUE, base, 0));
      }
    });
  }
  return rows.flat();
}

/** The claims of all shards in order. @param {Statement} statement @param {Buffer} digest @returns {Claim[]} */
export function shardClaims(statement, digest) {
  const messages = [keyMessages(statement), tierMessages(statement)];
  return statement.shardNodes.map((node, shard) => ({
    statement: digest,
    inputs: [shard, statement.shardHeight, statement.assets.length],
    messages: [...messages, [statement.shardHeight + 1, ...node]],
    shape: statement.shardShape,
  }));
}

/** @param {Statement} statement @param {Buffer} digest @returns {Claim} */
export function topClaim(statement, digest) {
  const { assets, badDebtBound } = reservesOf(statement);
  const { disclosed } = statement;
  const sizes = [
    statement.shardNodes.length,
    statement.shardHeight,
    statement.height,
    statement.assets.length,
    statement.accounts,
  ];
  return {
    statement: digest,
    inputs: [...sizes, disclosed === null ? 0 : 1, ...statement.root],
    messages: [
      statement.shardNodes.flatMap((node, shard) => [shard, ...node]),
      assets.flatMap((one, i) => [i, ...limbs(one.amount - one.insurance, 15, 6), ...limbs(one.nettingCap, 15, 6)]),
      limbs(badDebtBound, 15, 16),
      (disclosed?.totals ?? []).flatMap(({ equity, debt }, i) => [i, ...words30(equity, 3), ...words30(debt, 3)]),
      disclosed === null ? [] : words30(disclosed.badDebt, 8),
    ],
    shape: statement.topShape,
  };
}
