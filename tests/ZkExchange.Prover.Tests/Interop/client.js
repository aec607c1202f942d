// A client in another language: @grpc/grpc-js against the service, one line of output for each case.
// node client.js PROTOS ADDRESS
'use strict';
const path = require('path');
const { createHash } = require('crypto');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [protos, address] = process.argv.slice(2);
const load = file => grpc.loadPackageDefinition(
  loader.loadSync(path.join(protos, file), { keepCase: true, defaults: true, oneofs: true, enums: String }));
const { Prover } = load('prover.proto').zkexchange.prover.v1;
const { Health } = load('health.proto').grpc.health.v1;
const plain = grpc.credentials.createInsecure();
const client = new Prover(address, plain);

const failed = error => `error ${error.code} ${error.details}`;

const unary = (to, method, request) => new Promise(done =>
  to[method](request, { deadline: Date.now() + 20000 }, (error, value) =>
    done(error ? failed(error) : JSON.stringify(value))));

const accounts = n => ({
  accounts: {
    positions: [...Array(n).keys()],
    entry_counts: Array(n).fill(1),
    tags: Buffer.alloc(32 * n),
    salts: Buffer.alloc(16 * n),
    keys: Array(n).fill(0),
    equities: Buffer.alloc(12 * n),
    debts: Buffer.alloc(12 * n),
  },
});

// Sends the header, waits for ready, sends the rest; what happened comes back as one line.
const prove = (text, { count = 1, deadline = 20000, cancelAt = '', padding = 0, options = {} } = {}) =>
  new Promise(done => {
    const statement = Buffer.concat([Buffer.from(text), Buffer.alloc(padding, 'x')]);
    const via = Object.keys(options).length ? new Prover(address, plain, options) : client;
    const call = via.Prove({ deadline: Date.now() + deadline });
    const seen = [];
    const chunks = [];
    const end = last => {
      if (via !== client) via.close();
      done([...seen, last].join(' '));
    };
    call.on('error', error => end(failed(error)));
    call.on('end', () => {
      const proof = Buffer.concat(chunks);
      const wanted = seen.pop();
      const sum = createHash('sha256').update(proof).digest('hex');
      end(wanted === sum ? `${proof.length} bytes` : 'damaged');
    });
    call.on('data', reply => {
      if (reply.event === 'chunk') chunks.push(reply.chunk);
      else if (reply.event === 'proof') seen.push(reply.proof.sha256.toString('hex'));
      else if (reply.event === 'progress') seen.push(reply.progress.phase);
      else if (reply.event !== 'queued') seen.push(reply.event);
      if (reply.event === cancelAt) call.cancel();
      if (reply.event !== 'ready') return;
      for (let sent = 0; sent < statement.length; sent += 1 << 20)
        call.write({ statement: statement.subarray(sent, sent + (1 << 20)) });
      call.write(accounts(count));
      call.end();
    });
    call.write({
      header: {
        format: 1, statement_bytes: statement.length, shard: { index: 0, accounts: count, entries: count, blind: '' },
      },
    });
  });

const missing = () => new Promise(done => {
  const bytes = value => value;
  const Generic = grpc.makeGenericClientConstructor({
    nope: {
      path: '/zkexchange.prover.v1.Prover/Nope', requestStream: false, responseStream: false,
      requestSerialize: bytes, requestDeserialize: bytes, responseSerialize: bytes, responseDeserialize: bytes,
    },
  }, 'x');
  const generic = new Generic(address, plain);
  generic.nope(Buffer.alloc(0), error => { generic.close(); done(failed(error)); });
});

(async () => {
  const show = async (name, call) => console.log(`${name}: ${await call}`);
  const health = new Health(address, plain);
  await show('standard health', unary(health, 'Check', { service: 'zkexchange.prover.v1.Prover' }));
  await show('unknown service', unary(health, 'Check', { service: 'x' }));
  health.close();
  await show('describe', unary(client, 'Describe', {}).then(text => JSON.parse(text).profiles.join()));
  await show('proof', prove('ok 1000'));
  await show('large', prove('ok 3000000 ', { count: 20000, padding: 5 << 20 }));
  await show('bad statement', prove('bad'));
  await show('internal', prove('crash 1'));
  await show('too large', prove('large 1'));
  await show('deadline', prove('hold 1', { deadline: 700 }));
  await show('cancel', prove('hold 1', { cancelAt: 'progress' }));
  await show('after that', prove('ok 7'));
  await show('gzip', prove('ok 1', { options: { 'grpc.default_compression_algorithm': 2 } }));
  await show('unknown method', missing());
  await show('health', unary(client, 'Health', {}).then(text => JSON.parse(text).state));
  client.close();
})();
