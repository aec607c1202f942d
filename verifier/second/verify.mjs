#!/usr/bin/env node
// The second verifier's command line. Ends with 0 if accepted, 2 for bad usage, 4 for everything else.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { verifyChain } from "./lib/chain.mjs";
import { verifyEpoch } from "./lib/epoch.mjs";
import { verifyInclusion } from "./lib/inclusion.mjs";
import { readKey } from "./lib/key.mjs";
import { profileNamed, testProfile } from "./lib/profile.mjs";
import { verifyProof } from "./lib/proof.mjs";
import { securityOf } from "./lib/security.mjs";

const USAGE = `usage: verify.mjs epoch DIR [--statement-hash HEX]
       verify.mjs chain DIR...
       verify.mjs inclusion FILE --statement FILE [--customer ID] [--statement-hash HEX]
       verify.mjs proof PROOF --key FILE --claim FILE --profile NAME|RECORD
       verify.mjs security [--profile NAME]
       verify.mjs lines     reads arguments as a JSON array a line, answers each with a line`;

/** What is wrong with the arguments, and nothing else. */
class Usage extends Error {}

/** @param {string} file */
const ownKey = (file) =>
  readKey(readFileSync(fileURLToPath(new URL(`../../specs/vectors/keys/${file}`, import.meta.url))));

/** @param {string | undefined} text @returns {Buffer | undefined} */
function digestGiven(text) {
  if (text !== undefined && !/^[0-9a-f]{64}$/.test(text)) {
    throw new Usage("--statement-hash takes 64 lower-case hexadecimal digits");
  }
  return text === undefined ? undefined : Buffer.from(text, "hex");
}

/** @param {string | undefined} value @param {string} name @returns {string} */
function required(value, name) {
  if (value === undefined) {
    throw new Usage(`--${name} is missing`);
  }
  return value;
}

/** @param {string} text a name, or a record in hexadecimal for tests */
function profileGiven(text) {
  const profile =
    profileNamed(text) ?? (/^([0-9a-f]{2})+$/.test(text) ? testProfile(Buffer.from(text, "hex")) : undefined);
  if (profile === undefined) {
    throw new Usage(`no profile ${text}`);
  }
  return profile;
}

/**
 * @param {string} file the claim: statement in hexadecimal, publicInputs, publicMessages, shape if one is prescribed
 */
function claimGiven(file) {
  const { statement, publicInputs, publicMessages, shape } = JSON.parse(readFileSync(file, "utf8"));
  return { statement: Buffer.from(statement, "hex"), inputs: publicInputs, messages: publicMessages, shape };
}

const ownKeys = () => ({ shard: ownKey("shard.key"), top: ownKey("top.key") });

/** What is printed: an outcome, and what belongs to it. @param {string[]} args @returns {{ outcome: string }} */
function run(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      "statement-hash": { type: "string" },
      statement: { type: "string" },
      customer: { type: "string" },
      key: { type: "string" },
      claim: { type: "string" },
      profile: { type: "string" },
    },
  });
  const [command, target, ...more] = positionals;
  if (command === "security" && target === undefined) {
    if (values.profile !== undefined && profileNamed(values.profile) === undefined) {
      throw new Usage(`no profile ${values.profile}`);
    }
    return Object.assign({ outcome: "Accepted" }, { profiles: securityOf(values.profile) });
  }
  if (command === "chain" && target !== undefined) {
    return verifyChain([target, ...more], ownKeys());
  }
  if (target === undefined || more.length > 0) {
    throw new Usage("one command and one file or folder");
  }
  const given = digestGiven(values["statement-hash"]);
  switch (command) {
    case "epoch": {
      const { epoch: _, ...verdict } = verifyEpoch(target, ownKeys(), given);
      return verdict;
    }
    case "inclusion":
      return verifyInclusion(target, required(values.statement, "statement"), values.customer, given);
    case "proof": {
      const profile = profileGiven(required(values.profile, "profile"));
      const claim = claimGiven(required(values.claim, "claim"));
      return verifyProof(readKey(readFileSync(required(values.key, "key"))), profile, claim, readFileSync(target));
    }
    default:
      throw new Usage(`no command ${command}`);
  }
}

/** One line of JSON, and what a program ends with. @param {string[]} args @returns {[string, number]} */
function answer(args) {
  const verdict = run(args);
  const accepted = verdict.outcome === "Accepted";
  return [JSON.stringify({ accepted, ...verdict }), accepted ? 0 : 4];
}

/** @param {string[]} args */
async function main(args) {
  if (args.length === 1 && args[0] === "lines") {
    for await (const line of createInterface({ input: process.stdin })) {
      console.log(answer(JSON.parse(line))[0]);
    }
    return;
  }
  const [line, code] = answer(args);
  console.log(line);
  process.exitCode = code;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const usage = error instanceof Usage || (error instanceof TypeError && "code" in error);
  console.error(usage ? `${message}\n${USAGE}` : message);
  process.exit(usage ? 2 : 4);
}
