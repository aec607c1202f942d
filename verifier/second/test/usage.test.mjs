// Bad usage ends with 2, as with the first verifier. Run: node --test verifier/second/test
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../verify.mjs", import.meta.url));
const code = (/** @type {string[]} */ ...args) => spawnSync(process.execPath, [program, ...args]).status;

test("a digest has 64 lower-case digits", () => {
  assert.equal(code("epoch", "/nowhere", "--statement-hash", "ab".repeat(32)), 4);
  assert.equal(code("epoch", "/nowhere", "--statement-hash", "AB".repeat(32)), 2);
  assert.equal(code("epoch", "/nowhere", "--statement-hash", "ab".repeat(31)), 2);
});

test("a command and what it needs", () => {
  assert.equal(code(), 2);
  assert.equal(code("else", "/nowhere"), 2);
  assert.equal(code("inclusion", "/nowhere"), 2);
});
