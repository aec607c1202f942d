// Files of others are read within limits, whatever they lead to. Run: node --test verifier/second/test
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readLimited } from "../lib/epoch.mjs";

const folder = mkdtempSync(join(tmpdir(), "zkx-files-"));
test.after(() => rmSync(folder, { recursive: true }));

/** @param {string} name @param {string} target */
function link(name, target) {
  const path = join(folder, name);
  symlinkSync(target, path);
  return path;
}

test("a file and a link to it are read, up to the limit", () => {
  const path = join(folder, "file");
  writeFileSync(path, "12345");
  assert.equal(readLimited(path, 5).toString(), "12345");
  assert.equal(readLimited(link("link", path), 5).toString(), "12345");
  assert.throws(() => readLimited(path, 4), { outcome: "LimitExceeded" });
});

test("what is no regular file is empty", () => {
  assert.equal(readLimited(folder, 5).length, 0);
  assert.equal(readLimited(join(folder, "nowhere"), 5).length, 0);
  assert.equal(readLimited(link("null", "/dev/zero"), 5).length, 0);
});

// The first says nothing of its length and has one; the second is a quarter of a terabyte.
for (const path of ["/proc/self/status", "/proc/self/pagemap"]) {
  test(`what says that it is empty is not read: ${path}`, { skip: !existsSync(path) }, () => {
    assert.equal(readLimited(link(path.slice(11), path), 5).length, 0);
  });
}

// Files of the system say a page and have a line.
const line = "/sys/kernel/mm/transparent_hugepage/enabled";
test("a file of another length than it says is refused", { skip: !existsSync(line) }, () => {
  assert.throws(() => readLimited(line, 65536), { outcome: "FileUnreadable" });
});
