// Canonical documents: one sequence of bytes for each. specs/50-wire-formats.md; the rules of a statement,
// specs/40-statements.md section 5.
import { P } from "./field.mjs";
import { demand } from "./bytes.mjs";

/** @typedef {readonly number[]} Digest */

/**
 * A refusal carries the name of a rule as its outcome.
 * @param {boolean} condition
 * @param {string} rule
 * @param {string} [place]
 * @returns {asserts condition}
 */
const must = (condition, rule, place) => demand(condition, rule, place);

export const LONGEST = 64 * 1024 * 1024;

/**
 * Reads one fixed sequence of fields, digits and strings. Nothing else can be read, so what was read has no second
 * form.
 */
class Json {
  /** @param {Buffer} bytes */
  constructor(bytes) {
    must(bytes.length >= 1 && bytes.length <= LONGEST, "Length");
    this.text = bytes.toString("latin1");
    this.at = 0;
  }

  /** @param {string} token */
  accepts(token) {
    const fits = this.text.startsWith(token, this.at);
    this.at += fits ? token.length : 0;
    return fits;
  }

  /** @param {string} token */
  expect(token) {
    must(this.accepts(token), "Canonical", `${token} at byte ${this.at}`);
  }

  /**
   * Reads an object; the readers stand in the order of the fields, which ascend.
   * @template T
   * @param {{ [K in keyof T]: () => T[K] }} fields
   * @returns {T}
   */
  object(fields) {
    this.expect("{");
    /** @type {any} */
    const result = {};
    Object.entries(fields).forEach(([name, read], i) => {
      if (i > 0) {
        this.expect(",");
      }
      must(this.accepts(`"${name}":`), "Field", name);
      result[name] = /** @type {() => unknown} */ (read)();
    });
    must(!this.accepts(","), "Field");
    this.expect("}");
    return result;
  }

  /** @template T @param {() => T} read @returns {T[]} */
  list(read) {
    this.expect("[");
    /** @type {T[]} */
    const items = [];
    if (!this.accepts("]")) {
      do {
        items.push(read());
      } while (this.accepts(","));
      this.expect("]");
    }
    return items;
  }

  /** @template T @param {() => T} read @returns {T | null} */
  orNull(read) {
    return this.accepts("null") ? null : read();
  }

  null() {
    this.expect("null");
    return null;
  }

  /** @param {number} longest characters that a string of the field can have */
  string(longest) {
    this.expect('"');
    const end = this.text.indexOf('"', this.at);
    must(end >= 0, "Canonical");
    must(end - this.at <= longest, "Text");
    const text = this.text.slice(this.at, end);
    must(/^[\x20-\x7e]*$/.test(text) && !text.includes("\\"), "Text");
    this.at = end + 1;
    return text;
  }

  int() {
    const digits = /** @type {RegExpExecArray} */ (/^\d*/.exec(this.text.slice(this.at, this.at + 20)))[0];
    must(digits === "0" || /^[1-9]\d{0,15}$/.test(digits), "Number");
    must(Number.isSafeInteger(Number(digits)), "Number");
    this.at += digits.length;
    return Number(digits);
  }

  /** @param {number} bits @param {string} rule */
  decimal(bits, rule) {
    const text = this.string(bits / 3 + 1);
    must(text === "0" || /^[1-9]\d{0,72}$/.test(text), rule);
    const value = BigInt(text);
    must(value < 1n << BigInt(bits), rule);
    return value;
  }

  amount(rule = "Amount") {
    return this.decimal(90, rule);
  }

  /** @param {number} bytes @param {string} rule @returns {Buffer} */
  hex(bytes, rule) {
    const text = this.string(2 * bytes);
    must(text.length === 2 * bytes && /^[0-9a-f]*$/.test(text), rule);
    return Buffer.from(text, "hex");
  }

  hash() {
    return this.hex(32, "Hash");
  }

  /** @param {number} count @returns {number[]} */
  words(count) {
    const bytes = this.hex(4 * count, "Digest");
    const words = Array.from({ length: count }, (_, i) => bytes.readUInt32LE(4 * i));
    must(
      words.every((word) => word < P),
      "Digest",
    );
    return words;
  }

  digest() {
    return this.words(8);
  }

  name() {
    const text = this.string(32);
    must(/^[A-Za-z0-9._-]{1,32}$/.test(text), "Name");
    return text;
  }

  /** @param {number} [longest] */
  free(longest = 128) {
    const text = this.string(longest);
    must(isFree(text), "FreeText");
    return text;
  }

  /** @param {number} [longest] */
  freeOrEmpty(longest = 128) {
    const text = this.string(longest);
    must(text === "" || isFree(text), "FreeText");
    return text;
  }

  time() {
    const text = this.string(128);
    must(isTime(text), "Time");
    return text;
  }

  end() {
    must(this.at === this.text.length, "Canonical", `bytes behind the end, ${this.at}`);
  }
}

/** @param {string} text */
function isFree(text) {
  return text.length >= 1 && !text.startsWith(" ") && !text.endsWith(" ");
}

/** @param {string} text */
function isTime(text) {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(text);
  if (match === null) {
    return false;
  }
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return (
    year >= 1 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= days[month - 1] &&
    hour < 24 &&
    minute < 60 &&
    second < 60
  );
}

const CLASSES = ["native", "stable", "wrapped", "staked", "own", "fiat", "other"];

/** @param {Json} j */
function environment(j) {
  const text = j.string(16);
  must(text === "production" || text === "test", "Environment");
  return text;
}

/** @param {Json} j @param {string} format */
function format(j, format) {
  must(j.string(128) === format, "Format");
  return format;
}

/** @param {Json} j */
function asset(j) {
  return j.object({
    class: () => {
      const text = j.string(16);
      must(CLASSES.includes(text), "AssetClass");
      return text;
    },
    decimals: () => j.int(),
    priceSource: () => j.free(),
    priceTime: () => j.time(),
    symbol: () => j.name(),
    tiers: () =>
      j.list(() => j.object({ pool: () => j.int(), ratio: () => j.int(), upTo: () => j.decimal(180, "TierUpTo") })),
    weight: () => j.amount("Weight"),
  });
}

/** @typedef {ReturnType<typeof readStatement>} Statement */

/** The statement that these bytes are; a refusal names the rule that they break. @param {Buffer} bytes */
export function readStatement(bytes) {
  const j = new Json(bytes);
  const statement = j.object({
    accounts: () => j.int(),
    assets: () => j.list(() => asset(j)),
    beacon: () => j.orNull(() => j.object({ round: () => j.int(), source: () => j.free(), value: () => j.hash() })),
    disclosed: () =>
      j.orNull(() =>
        j.object({
          badDebt: () => j.decimal(240, "Disclosed"),
          totals: () => j.list(() => j.object({ debt: () => j.amount(), equity: () => j.amount() })),
        }),
      ),
    environment: () => environment(j),
    epoch: () => j.int(),
    exchange: () => j.free(64),
    excluded: () => j.orNull(() => j.object({ commitment: () => j.hash(), rows: () => j.int() })),
    format: () => format(j, "zkexchange-statement-v1"),
    pools: () => j.list(() => j.freeOrEmpty()),
    previous: () => j.hash(),
    profile: () => j.name(),
    reserves: () =>
      j.orNull(() =>
        j.object({
          assets: () =>
            j.list(() =>
              j.object({ amount: () => j.amount(), insurance: () => j.amount(), nettingCap: () => j.amount() }),
            ),
          report: () => j.hash(),
          time: () => j.time(),
        }),
      ),
    root: () => j.digest(),
    settlement: () => {
      must(j.accepts("null"), "Settlement");
      return null;
    },
    shardHeight: () => j.int(),
    shardNodes: () => j.list(() => j.digest()),
    shardShape: () => j.list(() => j.int()),
    signer: () => j.orNull(() => j.hex(65, "Signer")),
    snapshot: () => j.time(),
    supersedes: () => j.orNull(() => j.hash()),
    topShape: () => j.list(() => j.int()),
    valueScale: () => j.int(),
    valueUnit: () => j.free(),
    vk: () => j.object({ shard: () => j.hash(), top: () => j.hash() }),
  });
  j.end();
  checkStatement(statement);
  return { ...statement, height: treeHeight(statement.shardHeight, statement.shardNodes.length) };
}

/** H = g + ceil(lg k). @param {number} g @param {number} shards */
function treeHeight(g, shards) {
  return g + (shards <= 1 ? 0 : 32 - Math.clz32(shards - 1));
}

/** @param {Omit<Statement, "height">} s */
function checkStatement(s) {
  must(s.assets.length >= 1 && s.assets.length <= 65535, "AssetCount");
  must(s.pools.length === 7, "Pools");
  const pools = 1 + s.pools.filter((name) => name !== "").length;
  must(s.assets.length * pools <= 32768, "KeyCount");
  s.assets.forEach((one, i) => checkAsset(one, s.pools, `assets[${i}]`));
  must(s.assets.reduce((sum, one) => sum + one.tiers.length, 0) <= 65536, "TierCount");
  must(new Set(s.assets.map((one) => one.symbol.toLowerCase())).size === s.assets.length, "SymbolRepeated");
  const shards = s.shardNodes.length;
  must(shards >= 1 && shards <= 65536, "ShardCount");
  must(s.shardHeight <= 24 && treeHeight(s.shardHeight, shards) <= 29, "TreeHeight");
  must(s.accounts >= 1 && s.accounts <= shards * 2 ** s.shardHeight, "Accounts");
  for (const shape of [s.shardShape, s.topShape]) {
    const allowed = shape.every((height) => height <= 24 || height === 255);
    must(shape.length >= 1 && shape.length <= 255 && allowed, "Shape");
  }
  must(s.valueScale <= 60, "ValueScale");
  must(s.signer === null || isPoint(s.signer), "Signer");
  must(
    s.supersedes === null || !(s.supersedes.equals(Buffer.alloc(32)) || s.supersedes.equals(s.previous)),
    "Supersedes",
  );
  const { reserves, disclosed } = s;
  if (reserves !== null) {
    must(reserves.assets.length === s.assets.length, "ReserveCount");
    must(
      reserves.assets.every((one) => one.insurance <= one.amount),
      "Insurance",
    );
  }
  if (disclosed !== null) {
    must(disclosed.totals.length === s.assets.length, "Disclosed");
    const covered = reservesOf(s);
    disclosed.totals.forEach(({ debt, equity }, i) => {
      const { amount, insurance, nettingCap } = covered.assets[i];
      must(equity + insurance <= amount + debt && equity + insurance <= amount + nettingCap, "TotalsExceedReserves");
    });
    must(disclosed.badDebt <= covered.badDebtBound, "BadDebtUncovered");
  }
}

/** @param {ReturnType<typeof asset>} one @param {string[]} pools @param {string} place */
function checkAsset({ decimals, tiers, weight }, pools, place) {
  must(decimals <= 30, "Decimals", place);
  must(weight >= 1n, "Weight", place);
  tiers.forEach((tier, i) => {
    must(tier.pool >= 1 && tier.pool <= 7 && pools[tier.pool - 1] !== "", "TierPool", place);
    must(tier.ratio <= 10000, "TierRatio", place);
    must(tier.upTo >= 1n, "TierUpTo", place);
    const before = tiers[i - 1];
    if (before !== undefined) {
      const same = before.pool === tier.pool;
      must(before.pool < tier.pool || (same && before.upTo < tier.upTo), "TierOrder", place);
      must(!same || tier.ratio <= before.ratio, "TierRises", place);
    }
  });
}

/**
 * What the top is compared with: the reserves, or what stands in their place where none are stated. Section 4.
 * @param {Pick<Statement, "assets" | "reserves">} s
 */
export function reservesOf({ assets, reserves }) {
  const most = (1n << 90n) - 1n;
  if (reserves === null) {
    const nothing = { amount: most, insurance: 0n, nettingCap: most };
    return { assets: assets.map(() => nothing), badDebtBound: (1n << 240n) - 1n };
  }
  const fund = reserves.assets.reduce((sum, one, i) => sum + one.insurance * assets[i].weight, 0n);
  return { assets: reserves.assets, badDebtBound: 10000n * fund };
}

const P256 = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const P256_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** Whether these 65 bytes are an uncompressed point of P-256. @param {Buffer} bytes */
function isPoint(bytes) {
  const [x, y] = [1, 33].map((at) => BigInt(`0x${bytes.toString("hex", at, at + 32)}`));
  return bytes[0] === 4 && x < P256 && y < P256 && (y * y - (x * x * x - 3n * x + P256_B)) % P256 === 0n;
}

/** @typedef {ReturnType<typeof readReserves>} Reserves */

/** @param {Buffer} bytes */
export function readReserves(bytes) {
  const j = new Json(bytes);
  const reserves = j.object({
    environment: () => environment(j),
    epoch: () => j.int(),
    exchange: () => j.free(64),
    format: () => format(j, "zkexchange-reserves-v1"),
    rows: () =>
      j.list(() =>
        j.object({
          address: () => j.free(),
          amount: () => j.amount(),
          asset: () => j.name(),
          chain: () => j.free(),
          signature: () => j.freeOrEmpty(1024),
        }),
      ),
    time: () => j.time(),
  });
  j.end();
  return reserves;
}

/** @param {Json} j */
function customer(j) {
  const text = j.string(128);
  must(/^[\x21-\x7e]{1,128}$/.test(text), "Customer");
  return text;
}

/**
 * An inclusion file: the customer's own, or the form without secrets, which names its leaf.
 * @param {Buffer} bytes
 */
export function readInclusion(bytes) {
  const j = new Json(bytes);
  const path = () => {
    const list = j.list(() => j.digest());
    must(list.length <= 29, "Path");
    return list;
  };
  const sums = () => {
    const list = j.list(() => j.digest());
    must(list.length <= 30, "Path");
    return list;
  };
  const tail = { pad: () => j.string(LONGEST), path, position: () => j.int() };
  const shared = j.text.startsWith('{"format":');
  const file = shared
    ? {
        own: null,
        ...j.object({
          format: () => format(j, "zkexchange-inclusion-share-v1"),
          leaf: () => j.digest(),
          ...tail,
          statement: () => j.hash(),
          sums,
        }),
      }
    : ownInclusion(j, tail, sums);
  j.end();
  const empty = bytes.length - file.pad.length;
  must(/^0*$/.test(file.pad) && bytes.length === Math.max(2048, 2 ** Math.ceil(Math.log2(empty))), "Length", "pad");
  return file;
}

/**
 * @param {Json} j
 * @param {{ pad: () => string, path: () => Digest[], position: () => number }} tail
 * @param {() => Digest[]} sums
 */
function ownInclusion(j, tail, sums) {
  const {
    customer: id,
    entries,
    nonce,
    salt,
    ...rest
  } = j.object({
    customer: () => customer(j),
    entries: () => j.list(() => j.object({ debt: () => j.amount(), equity: () => j.amount(), key: () => j.int() })),
    format: () => format(j, "zkexchange-inclusion-v1"),
    nonce: () => j.hash(),
    ...tail,
    salt: () => j.words(4),
    statement: () => j.hash(),
    sums,
  });
  must(entries.length >= 1 && entries.every(({ key }, i) => i === 0 || key > entries[i - 1].key), "Entries");
  must(
    entries.every(({ key, debt }) => debt === 0n || key < 65536),
    "Entries",
  );
  return { own: { customer: id, entries, nonce, salt }, leaf: null, ...rest };
}
