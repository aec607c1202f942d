// The vectors of specs/vectors, reproduced. Run: node --test verifier/second/test
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as F from "../lib/field.mjs";
import { Reader, little, sha256, u64, wordBytes } from "../lib/bytes.mjs";
import { leads } from "../lib/inclusion.mjs";
import { readKey } from "../lib/key.mjs";
import { EMPTY, compress, leafOf, permute, tagOf } from "../lib/poseidon2.mjs";
import { testProfile } from "../lib/profile.mjs";
import { foldLeaf, verifyProof } from "../lib/proof.mjs";
import { Transcript } from "../lib/transcript.mjs";
import { openingLength, readOpening, rootOf, siblingPlaces } from "../lib/tree.mjs";

const vector = (/** @type {string} */ name) =>
  JSON.parse(readFileSync(new URL(`../../../specs/vectors/${name}.json`, import.meta.url), "utf8"));
const hex = (/** @type {string} */ text) => Buffer.from(text, "hex");

test("field", () => {
  const v = vector("field");
  assert.equal(v.modulus, F.P);
  for (const { a, b, sum, difference, product } of v.products) {
    assert.deepEqual([F.add(a, b), F.sub(a, b), F.mul(a, b)], [sum, difference, product]);
  }
  for (const { a, inverse } of v.inverses) {
    assert.equal(F.inverse(a), inverse);
  }
  assert.deepEqual(
    v.roots,
    v.roots.map((/** @type {number} */ _, /** @type {number} */ k) => F.root(k)),
  );
  v.extensionProducts.forEach((/** @type {any} */ one) => assert.deepEqual(F.mulE(one.a, one.b), one.product));
  v.extensionInverses.forEach((/** @type {any} */ one) => assert.deepEqual(F.inverseE(one.a), one.inverse));
  v.frobenius.forEach((/** @type {any} */ one) => assert.deepEqual(F.frobenius(one.a), one.image));
});

test("a product is right next to the multiples of p", () => {
  for (let i = 0; i < 20000; i++) {
    const random = sha256(little(i, 4));
    const [a, b] = [i % 3 === 0 ? F.P - 1 - (i % 50) : random.readUInt32LE(0) % F.P, random.readUInt32LE(4) % F.P];
    assert.equal(F.mul(a, b), Number((BigInt(a) * BigInt(b)) % BigInt(F.P)));
    const near = a === 0 ? 0 : F.mul(F.inverse(a), i % 7);
    assert.equal(F.mul(a, near), a === 0 ? 0 : i % 7);
  }
});

test("transcript", () => {
  const transcript = new Transcript();
  for (const step of vector("transcript").steps) {
    switch (step.verb) {
      case "start":
        break;
      case "absorb":
        transcript.absorb(step.label, hex(step.data));
        break;
      case "elements":
        assert.deepEqual(transcript.exts(step.label, step.elements.length), step.elements);
        break;
      case "point":
        assert.deepEqual(transcript.outside(step.label), step.element);
        break;
      case "grind":
        assert.ok(transcript.grind(step.label, step.bits, u64(step.nonce)));
        break;
      case "indices":
        assert.deepEqual(transcript.positions(step.label, step.indices.length, 2 ** step.log2), step.indices);
        break;
      default:
        assert.fail(step.verb);
    }
    assert.equal(transcript.state.toString("hex"), step.state);
  }
});

test("key", () => {
  const v = vector("key");
  const key = readKey(hex(v.bytes));
  assert.equal(key.hash.toString("hex"), v.hash);
  assert.throws(() => readKey(Buffer.concat([hex(v.bytes), Buffer.alloc(1)])), /KeyInvalid/);
});

test("tree", () => {
  const v = vector("tree");
  const blocks = v.classes.map((/** @type {any} */ one, /** @type {number} */ i) => ({
    leaves: one.leavesLog2,
    words: one.words,
    class: i,
  }));
  const tree = { kind: v.kind, layer: v.layer, salt: v.saltBytes, blocks };
  const reader = new Reader(hex(v.opening), "NonCanonical", "Length");
  assert.deepEqual(siblingPlaces(tree, v.positions), v.siblings);
  assert.equal(openingLength(tree, v.positions), reader.left);
  const opening = readOpening(tree, v.positions, reader);
  assert.deepEqual(
    opening.rows.map((rows) => [...rows.keys()]),
    v.rows,
  );
  assert.equal(rootOf(tree, v.positions, opening).toString("hex"), v.root);
});

test("folding", () => {
  for (const { domainLog2, leaf, beta, members, result } of vector("folding").folds) {
    assert.deepEqual(foldLeaf(members, domainLog2, leaf, beta), result);
  }
});

test("proof", () => {
  const v = vector("proof");
  const key = readKey(hex(v.key));
  const profile = testProfile(hex(v.profile));
  assert.ok(profile);
  const claim = { statement: hex(v.statement), inputs: v.publicInputs, messages: v.publicMessages };
  const proof = hex(v.proof);
  assert.deepEqual(verifyProof(key, profile, claim, proof), { outcome: "Accepted", detail: "" });
  for (let i = 0; i < 200; i++) {
    const bad = Buffer.from(proof);
    bad[sha256(little(i, 4)).readUInt32LE(0) % bad.length] ^= 1 << (i % 8);
    assert.notEqual(verifyProof(key, profile, claim, bad).outcome, "Accepted");
  }
  assert.notEqual(verifyProof(key, profile, { ...claim, inputs: [21, 1948] }, proof).outcome, "Accepted");
  assert.ok(wordBytes([1]).equals(little(1, 4)));
});

test("commitments", () => {
  const v = vector("commitments");
  const words = (/** @type {string} */ text) => new Reader(hex(text), "x", "x").words(text.length / 8);
  v.permutation.forEach((/** @type {any} */ one) => assert.deepEqual(permute(one.in), one.out));
  assert.deepEqual(words(v.empty), EMPTY);
  for (const { customer, nonce, tag } of v.tags) {
    assert.deepEqual(tagOf(customer, hex(nonce)), words(tag));
  }
  const nonce = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
  const entries = [
    { key: 0, equity: 12345n, debt: 1n },
    { key: 65537, equity: 2n ** 90n - 1n, debt: 0n },
  ];
  const leaf = leafOf(tagOf("user-00000007", nonce), entries, [1, 2, 3, 4]);
  assert.deepEqual(leaf, words(v.book.leaf));
  const node = compress(compress(EMPTY, leaf), words(v.book.shardSums[0]));
  assert.deepEqual(node, words(v.book.shardNodes[0]));
  const statement = /** @type {any} */ ({ shardHeight: 1, height: 2, shardNodes: [0, 0], root: words(v.book.root) });
  const sums = [words(v.book.shardSums[0]), words(v.book.rootSums)];
  const path = [EMPTY, words(v.book.shardNodes[1])];
  assert.ok(leads(statement, leaf, 1, path, sums));
  assert.ok(!leads(statement, leaf, 0, path, sums));
  assert.ok(!leads(statement, leaf, 1, path, [...sums, sums[0]]));
  assert.ok(!leads({ ...statement, shardNodes: [0] }, leaf, 2, path, sums));
});
