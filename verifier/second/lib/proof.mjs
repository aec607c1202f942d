// The verifier of one proof. specs/30-proof-system.md section 9, step by step.
import * as F from "./field.mjs";
import { Reader, Refusal, demand, little, wordBytes } from "./bytes.mjs";
import { Op, Rows } from "./key.mjs";
import { ABSENT, FINAL_COEFFICIENTS, degreeBound, longestProof, makeLayout, prefixLength } from "./layout.mjs";
import { profileRecord } from "./profile.mjs";
import { Label, Transcript } from "./transcript.mjs";
import { distinct, openingLength, readOpening, rootOf } from "./tree.mjs";

/**
 * @typedef {import("./field.mjs").Ext} Ext
 * @typedef {import("./key.mjs").Key} Key
 * @typedef {import("./layout.mjs").Layout} Layout
 * @typedef {import("./layout.mjs").Class} Class
 * @typedef {import("./layout.mjs").Placed} Placed
 * @typedef {import("./profile.mjs").Profile} Profile
 *
 * @typedef {{ statement: Buffer, inputs: number[], messages: number[][], shape?: readonly number[] }} Claim  messages:
 *   one flat list of words for each entry of
 *   the key
 * @typedef {{ alpha: Ext, betas: Ext[], deltas: Ext[] }} Fingerprints
 * @typedef {{ key: Key, profile: Profile, claim: Claim, layout: Layout, transcript: Transcript, reader: Reader }} Run
 * @typedef {{ zeta: Ext, opened: Ext[][], gammas: Ext[][], betas: Ext[], final: Ext[], roots: Buffer[] }} Said
 */

/**
 * The outcome of a proof: "Accepted" or the name of the first check that fails.
 * @param {Key} key
 * @param {Profile} profile
 * @param {Claim} claim
 * @param {Buffer} bytes
 * @returns {{ outcome: string, detail: string }}
 */
export function verifyProof(key, profile, claim, bytes) {
  try {
    const reader = new Reader(bytes, "BadEncoding", "BadLength");
    const shape = [...reader.take(key.tables.length)];
    checkShape(key, profile, shape);
    const prescribed = claim.shape;
    demand(
      prescribed === undefined || (prescribed.length === shape.length && prescribed.every((h, i) => h === shape[i])),
      "StatementMismatch",
      "not the shape prescribed",
    );
    checkClaim(key, claim);
    const layout = makeLayout(key, profile, shape);
    checkPreconditions(key, profile, claim, layout);
    demand(bytes.length <= longestProof(key, profile, layout), "LimitExceeded", `${bytes.length} bytes`);
    demand(bytes.length >= prefixLength(key, profile, layout), "BadLength", `${bytes.length} bytes`);
    const run = { key, profile, claim, layout, transcript: new Transcript(), reader };
    bind(run, shape);
    checkQueries(run, checkArgument(run));
    return { outcome: "Accepted", detail: "" };
  } catch (error) {
    if (error instanceof Refusal) {
      return { outcome: error.outcome, detail: error.detail };
    }
    throw error;
  }
}

/** @param {Key} key @param {Profile} profile @param {readonly number[]} shape one byte for each table */
export function checkShape(key, profile, shape) {
  key.tables.forEach((table, i) => {
    const height = shape[i];
    if (height === ABSENT) {
      demand(table.optional, "BadShape", `${table.name} is absent`);
    } else {
      demand(
        height >= Math.max(table.lowest, profile.lowest) && height <= Math.min(table.highest, profile.highest),
        "BadHeight",
        `${table.name} at ${height}`,
      );
    }
  });
  demand(
    shape.some((height) => height !== ABSENT),
    "BadShape",
    "no table",
  );
}

/** @param {Key} key @param {Claim} claim */
function checkClaim(key, claim) {
  const isWord = (/** @type {number} */ word) => Number.isInteger(word) && word >= 0 && word < F.P;
  demand(claim.statement.length === 32, "PublicValueMismatch", "statement digest");
  demand(claim.inputs.length === key.inputs && claim.inputs.every(isWord), "PublicValueMismatch", "public inputs");
  demand(claim.messages.length === key.messages.length, "PublicValueMismatch", "lists of public messages");
  claim.messages.forEach((words, i) => {
    const width = key.messages[i].bus.width;
    demand(
      (width === 0 ? words.length === 0 : words.length % width === 0) && words.every(isWord),
      "PublicValueMismatch",
      `public messages ${i}`,
    );
  });
}

/** @param {Key} key @param {Claim} claim */
function publicMessages(key, claim) {
  return claim.messages.reduce(
    (sum, words, i) => sum + (words.length === 0 ? 0 : words.length / key.messages[i].bus.width),
    0,
  );
}

/**
 * Section 3.3, in whole numbers.
 * @param {Key} key
 * @param {Profile} profile
 * @param {Claim} claim
 * @param {Layout} layout
 */
function checkPreconditions(key, profile, claim, layout) {
  const t = profile.queries;
  const leastK = degreeBound(profile.lowest);
  const leastN = 2 ** (profile.lowest + profile.blowUp);
  for (const { height } of layout.classes) {
    const n = 2 ** height;
    const [k, domain] = [degreeBound(height), 2 ** (height + profile.blowUp)];
    // K + 2 < (1 + rho_min) / 2 N with rho_min = (leastK + 2) / leastN, times 2 leastN: all below 2^52.
    const near = 2 * leastN * (k + 2) < domain * (leastN + leastK + 2);
    demand(
      domain <= 2 ** 24 && near && 64 * (t + 5) <= n && n >= 3 * (t + 5) && 8 * t <= k,
      "BadHeight",
      `height 2^${height}`,
    );
  }
  let bounds = BigInt(publicMessages(key, claim));
  let fractions = bounds;
  for (const { table, height } of layout.present) {
    for (const one of table.interactions) {
      bounds += BigInt(one.bound) << BigInt(height);
    }
    fractions += BigInt(table.interactions.length) << BigInt(height);
  }
  demand(bounds < BigInt(F.P), "MultiplicityBound", "counts may wrap");
  const level = (3n * fractions) << BigInt(profile.target);
  demand(
    level <= (BigInt(F.P) ** 5n) << BigInt(profile.grinding.lookup),
    "BelowSecurityTarget",
    "too many fractions for the level",
  );
}

/** Step 0. @param {Run} run @param {number[]} shape */
function bind({ key, profile, claim, transcript }, shape) {
  transcript.absorb(Label.Statement, claim.statement);
  transcript.absorb(Label.Profile, profileRecord(profile));
  transcript.absorb(Label.Key, key.hash);
  transcript.absorb(Label.Shape, Buffer.from(shape));
  transcript.absorb(Label.Inputs, wordBytes(claim.inputs));
  if (key.messages.length > 0) {
    transcript.absorb(
      Label.Messages,
      Buffer.concat(
        claim.messages.flatMap((words, i) => {
          const count = words.length === 0 ? 0 : words.length / key.messages[i].bus.width;
          return [little(count, 4), wordBytes(words)];
        }),
      ),
    );
  }
}

/** @param {Run} run @param {number} label @returns {Buffer} */
function absorbRoot({ transcript, reader }, label) {
  const root = reader.take(32);
  transcript.absorb(label, root);
  return root;
}

/** @param {Run} run @param {number} challenge the label of the challenge that follows @param {number} bits */
function grind({ transcript, reader }, challenge, bits) {
  if (bits > 0) {
    demand(
      transcript.grind(Label.nonceBefore(challenge), bits, reader.take(8)),
      "GrindFailed",
      `before ${challenge.toString(16)}`,
    );
  }
}

/** @param {Run} run @param {number} label @param {number} count @returns {Ext[]} */
function absorbExts({ transcript, reader }, label, count) {
  const from = reader.at;
  const values = reader.exts(count);
  transcript.absorb(label, reader.bytes.subarray(from, reader.at));
  return values;
}

/** Steps 1 to 5: everything but the queries. @param {Run} run @returns {Said} */
function checkArgument(run) {
  const { key, profile, claim, layout, transcript } = run;
  const g = profile.grinding;
  const roots = [absorbRoot(run, Label.Main)];
  /** @type {Fingerprints} */
  let prints = { alpha: F.ZERO, betas: [], deltas: [] };
  /** @type {Map<number, Ext>} */
  const terminals = new Map();
  if (key.interacts) {
    grind(run, Label.Fingerprints, g.lookup);
    const drawn = transcript.exts(Label.Fingerprints, 1 + key.widest + 1 + key.weights - 1);
    prints = {
      alpha: drawn[0],
      betas: drawn.slice(1, key.widest + 2),
      deltas: [F.ONE, ...drawn.slice(key.widest + 2)],
    };
    roots.push(absorbRoot(run, Label.Auxiliary));
    const interacting = layout.present.filter((one) => one.table.auxiliary > 0);
    absorbExts(run, Label.Terminals, interacting.length).forEach((value, i) =>
      terminals.set(interacting[i].index, value),
    );
    const sum = [...terminals.values()].reduce(F.addE, publicSum(key, claim, prints));
    demand(F.isZeroE(sum), "BusUnbalanced", "terminals and public messages do not sum to zero");
  }
  grind(run, Label.Lambda, g.ali);
  const lambdas = transcript.exts(
    Label.Lambda,
    layout.present.reduce((sum, { table }) => sum + constraintCount(table), 0),
  );
  roots.push(absorbRoot(run, Label.Quotient));
  grind(run, Label.Zeta, g.deep);
  const zeta = transcript.outside(Label.Zeta);

  const counts = layout.classes.map((one) => one.opened + one.shifted.length);
  const all = absorbExts(
    run,
    Label.Openings,
    counts.reduce((sum, count) => sum + count, 0),
  );
  const opened = split(all, counts);
  checkQuotients(run, prints, terminals, lambdas, zeta, opened);
  grind(run, Label.Gamma, g.batch);
  const gammas = split(transcript.exts(Label.Gamma, all.length), counts);

  const betas = layout.folds.map(() => {
    roots.push(absorbRoot(run, Label.FriRoot));
    grind(run, Label.Beta, g.fold);
    return transcript.exts(Label.Beta, 1)[0];
  });
  const final = absorbExts(run, Label.Final, FINAL_COEFFICIENTS);
  grind(run, Label.Positions, g.query);
  return { zeta, opened, gammas, betas, final, roots };
}

/** @template T @param {T[]} all @param {number[]} counts @returns {T[][]} */
function split(all, counts) {
  let at = 0;
  return counts.map((count) => all.slice(at, (at += count)));
}

/** Constraints of a table, with those that follow from its interactions. @param {import("./key.mjs").Table} table */
function constraintCount(table) {
  return table.constraints.length + (table.auxiliary > 0 ? table.groups.length + 3 : 0);
}

/**
 * alpha + beta_0 (bus + 1) + sum beta_j m_j.
 * @param {Fingerprints} prints
 * @param {number} bus
 * @param {readonly Ext[]} message
 * @returns {Ext}
 */
function fingerprint({ alpha, betas }, bus, message) {
  return message.reduce(
    (/** @type {Ext} */ sum, m, j) => F.addE(sum, F.mulE(betas[j + 1], m)),
    F.addE(alpha, F.scaleE(betas[0], bus + 1)),
  );
}

/**
 * The sum of the signed fractions of the public messages.
 * @param {Key} key
 * @param {Claim} claim
 * @param {Fingerprints} prints
 * @returns {Ext}
 */
function publicSum(key, claim, prints) {
  /** @type {Ext} */
  let sum = F.ZERO;
  claim.messages.forEach((words, i) => {
    const { bus, receives } = key.messages[i];
    for (let at = 0; at < words.length; at += bus.width) {
      const fp = fingerprint(prints, bus.id, words.slice(at, at + bus.width).map(F.lift));
      demand(!F.isZeroE(fp), "BusUnbalanced", "a public fingerprint is zero");
      sum = (receives ? F.subE : F.addE)(sum, F.inverseE(fp));
    }
  });
  return sum;
}

/**
 * Step 4.
 * @param {Run} run
 * @param {Fingerprints} prints
 * @param {Map<number, Ext>} terminals
 * @param {Ext[]} lambdas
 * @param {Ext} zeta
 * @param {Ext[][]} opened
 */
function checkQuotients({ claim, layout, profile }, prints, terminals, lambdas, zeta, opened) {
  let at = 0;
  const lambdasOf = new Map(
    layout.present.map(({ index, table }) => [index, lambdas.slice(at, (at += constraintCount(table)))]),
  );
  layout.classes.forEach((one, i) => {
    const n = 2 ** one.height;
    const zn = F.powE(zeta, n);
    const vanishing = F.subE(zn, F.ONE);
    const last = F.lift(F.inverse(F.root(one.height)));
    /** @type {Ext[]} */
    const factors = [];
    factors[Rows.Every] = F.ONE;
    factors[Rows.First] = F.mulE(vanishing, F.inverseE(F.subE(zeta, F.ONE)));
    factors[Rows.Transition] = F.subE(zeta, last);
    factors[Rows.Last] = F.mulE(vanishing, F.inverseE(factors[Rows.Transition]));
    /** @type {Ext} */
    let left = F.ZERO;
    for (const placed of one.tables) {
      const values = constraintValues(placed, opened[i], claim.inputs, prints, terminals.get(placed.index) ?? F.ZERO);
      const weights = lambdasOf.get(placed.index) ?? [];
      values.forEach(({ rows, value }, c) => {
        left = F.addE(left, F.mulE(weights[c], F.mulE(factors[rows], value)));
      });
    }
    const step = F.powE(zeta, degreeBound(one.height) - (profile.queries + 5));
    const chunk = (/** @type {number} */ k) =>
      F.join(opened[i].slice(one.opened - 15 + 5 * k, one.opened - 10 + 5 * k));
    const quotient = F.addE(chunk(0), F.mulE(step, F.addE(chunk(1), F.mulE(step, chunk(2)))));
    demand(F.equalE(left, F.mulE(vanishing, quotient)), "ConstraintMismatch", `class of height 2^${one.height}`);
  });
}

/**
 * The values at zeta of all constraints of a table, in the order of the lambdas.
 * @param {Placed} placed
 * @param {Ext[]} opened openings of the class
 * @param {number[]} inputs
 * @param {Fingerprints} prints
 * @param {Ext} terminal
 * @returns {{ rows: number, value: Ext }[]}
 */
function constraintValues({ table, main, auxiliary, next, shiftedAcc }, opened, inputs, prints, terminal) {
  const nextOf = new Map(table.next.map((column, i) => [column, opened[next + i]]));
  /** @type {Ext[]} */
  const nodes = [];
  for (const { op, a, b } of table.nodes) {
    switch (op) {
      case Op.Const:
        nodes.push(F.lift(a));
        break;
      case Op.Col:
        nodes.push(b === 0 ? opened[main + a] : /** @type {Ext} */ (nextOf.get(a)));
        break;
      case Op.Pub:
        nodes.push(F.lift(inputs[a]));
        break;
      case Op.Add:
        nodes.push(F.addE(nodes[a], nodes[b]));
        break;
      case Op.Sub:
        nodes.push(F.subE(nodes[a], nodes[b]));
        break;
      case Op.Mul:
        nodes.push(F.mulE(nodes[a], nodes[b]));
        break;
      default:
        nodes.push(F.negE(nodes[a]));
        break;
    }
  }
  const values = table.constraints.map(({ rows, node }) => ({ rows, value: nodes[node] }));
  if (table.auxiliary === 0) {
    return values;
  }
  const fractions = table.interactions.map((one) => {
    const m = one.weights.reduce(
      (/** @type {Ext} */ sum, node, j) => F.addE(sum, F.mulE(prints.deltas[j], nodes[node])),
      F.ZERO,
    );
    return {
      m: one.receives ? F.negE(m) : m,
      fp: fingerprint(
        prints,
        one.bus.id,
        one.message.map((node) => nodes[node]),
      ),
    };
  });
  const column = (/** @type {number} */ k) => F.join(opened.slice(auxiliary + 5 * k, auxiliary + 5 * k + 5));
  /** @type {Ext} */
  let sum = F.ZERO;
  table.groups.forEach((group, k) => {
    const phi = column(k);
    sum = F.addE(sum, phi);
    const [x, y] = group.map((i) => fractions[i]);
    const value =
      y === undefined
        ? F.subE(F.mulE(phi, x.fp), x.m)
        : F.subE(F.mulE(phi, F.mulE(x.fp, y.fp)), F.addE(F.mulE(x.m, y.fp), F.mulE(y.m, x.fp)));
    values.push({ rows: Rows.Every, value });
  });
  const acc = column(table.groups.length);
  const blind = table.blind ? F.join(opened.slice(main + table.declared, main + table.width)) : F.ZERO;
  const nextAcc = F.join(opened.slice(shiftedAcc, shiftedAcc + 5));
  values.push({ rows: Rows.First, value: F.subE(acc, blind) });
  values.push({ rows: Rows.Transition, value: F.subE(F.subE(nextAcc, acc), sum) });
  values.push({ rows: Rows.Last, value: F.subE(F.addE(acc, sum), terminal) });
  return values;
}

/**
 * Step 6: the openings of all trees, then every position through all layers.
 * @param {Run} run @param {Said} said
 */
function checkQueries({ layout, profile, reader, transcript }, said) {
  const largest = layout.classes[0].height + profile.blowUp;
  const positions = transcript.positions(Label.Positions, profile.queries, 2 ** largest);
  const length = layout.trees.reduce((sum, tree) => sum + openingLength(tree, positions), 0);
  demand(reader.left >= length, "BadLength", `${reader.left} bytes of openings, not ${length}`);
  demand(reader.left === length, "TrailingBytes", `${reader.left} bytes of openings, not ${length}`);
  /** @type {Map<number, number[]>[]} */
  const layers = [];
  /** @type {Map<number, number[]>[][]} rows of the main, auxiliary and quotient tree, by class */
  const columns = layout.classes.map(() => []);
  layout.trees.forEach((tree, i) => {
    const opening = readOpening(tree, positions, reader);
    demand(rootOf(tree, positions, opening).equals(said.roots[i]), "MerkleMismatch", `tree ${i} of kind ${tree.kind}`);
    if (tree.kind === 5) {
      layers.push(opening.rows[0]);
    } else {
      tree.blocks.forEach((block, k) => columns[block.class].push(opening.rows[k]));
    }
  });
  const words = layout.classes.map((one, i) =>
    combine(one, profile, said, i, distinct(positions, 2 ** (one.height + profile.blowUp)), columns[i]),
  );
  for (const position of distinct(positions, 2 ** largest)) {
    checkPosition(layout, profile, said, layers, words, position);
  }
}

/**
 * G of a class (with R at the tallest, which alone has 20 quotient words) at its opened indices.
 * @param {Class} one
 * @param {Profile} profile
 * @param {Said} said
 * @param {number} index of the class
 * @param {number[]} places
 * @param {Map<number, number[]>[]} trees rows of the class, tree by tree
 * @returns {Map<number, Ext>}
 */
function combine(one, profile, said, index, places, trees) {
  const [gammas, opened] = [said.gammas[index], said.opened[index]];
  const w = F.root(one.height + profile.blowUp);
  const points = [said.zeta, F.scaleE(said.zeta, F.root(one.height))];
  // The columns of each point, and the same combination of the values that were claimed there.
  const columns = [Array.from({ length: one.opened }, (_, k) => k), one.shifted];
  const from = [0, one.opened];
  const claimed = columns.map((list, p) =>
    list.reduce(
      (/** @type {Ext} */ sum, _, k) => F.addE(sum, F.mulE(gammas[from[p] + k], opened[from[p] + k])),
      F.ZERO,
    ),
  );
  return new Map(
    places.map((place) => {
      const row = trees.flatMap((rows) => /** @type {number[]} */ (rows.get(place)));
      const x = F.lift(F.mul(3, F.pow(w, place)));
      /** @type {Ext} */
      let value = row.length > one.opened ? row.slice(one.opened, one.opened + 5) : F.ZERO;
      columns.forEach((list, p) => {
        const sum = [0, 0, 0, 0, 0];
        list.forEach((column, k) => {
          const [f, gamma] = [row[column], gammas[from[p] + k]];
          for (let c = 0; c < 5; c++) {
            sum[c] = F.add(sum[c], F.mul(f, gamma[c]));
          }
        });
        value = F.addE(value, F.mulE(F.subE(sum, claimed[p]), F.inverseE(F.subE(x, points[p]))));
      });
      return [place, value];
    }),
  );
}

/**
 * @param {Layout} layout
 * @param {Profile} profile
 * @param {Said} said
 * @param {Map<number, number[]>[]} layers
 * @param {Map<number, Ext>[]} words
 * @param {number} j
 */
function checkPosition(layout, profile, said, layers, words, j) {
  const value = (/** @type {number} */ k) =>
    /** @type {Ext} */ (words[k].get(j % 2 ** (layout.classes[k].height + profile.blowUp)));
  let current = value(0);
  layout.folds.forEach(({ domain, arity, enters }, i) => {
    const leaves = 2 ** (domain - arity);
    const leaf = j % leaves;
    const row = /** @type {number[]} */ (layers[i].get(leaf));
    const members = Array.from({ length: 2 ** arity }, (_, k) => row.slice(5 * k, 5 * k + 5));
    demand(
      F.equalE(current, members[((j % 2 ** domain) - leaf) / leaves]),
      i === 0 ? "QueryMismatch" : "FriMismatch",
      `layer ${i}`,
    );
    current = foldLeaf(members, domain, leaf, said.betas[i]);
    if (enters >= 0) {
      current = F.addE(current, F.mulE(F.powE(said.betas[i], 2 ** arity), value(enters)));
    }
  });
  const domain = 5 + profile.blowUp;
  const y = F.pow(F.root(domain), j % 2 ** domain);
  const end = said.final.reduceRight((/** @type {Ext} */ sum, c) => F.addE(F.scaleE(sum, y), c), F.ZERO);
  demand(F.equalE(current, end), "DegreeBound", `position ${j}`);
}

/**
 * The value of the next layer above a leaf.
 * @param {readonly Ext[]} members a power of two of them
 * @param {number} domain lg of the layer's size
 * @param {number} leaf
 * @param {Ext} beta
 * @returns {Ext}
 */
export function foldLeaf(members, domain, leaf, beta) {
  const a = members.length;
  const unroot = F.inverse(F.root(Math.log2(a)));
  const ratio = F.scaleE(beta, F.inverse(F.pow(F.root(domain), leaf)));
  /** @type {Ext} */
  let sum = F.ZERO;
  for (let m = a - 1; m >= 0; m--) {
    const part = members.reduce(
      (/** @type {Ext} */ u, member, k) => F.addE(u, F.scaleE(member, F.pow(unroot, m * k))),
      F.ZERO,
    );
    sum = F.addE(F.mulE(sum, ratio), part);
  }
  return F.scaleE(sum, F.inverse(a));
}
