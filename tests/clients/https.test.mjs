// TLS and proxying, as Node's own clients and curl do them: no certificate check is switched off anywhere.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import tls from 'node:tls';

const server = new URL(process.env.ECS_EMULATOR);
const folder = mkdtempSync(join(tmpdir(), 'https-clients-'));
const caFile = join(folder, 'ca.pem');
let ca;

before(async () => {
    ca = await (await fetch(`${server.origin}/_emulator/ca.pem`)).text();
    writeFileSync(caFile, ca);
});
after(() => rmSync(folder, { recursive: true }));

const text = response => new Promise((done, failed) => {
    let body = '';
    response.setEncoding('utf8').on('data', piece => body += piece).on('end', () => done(body)).on('error', failed);
});

function get(options) {
    return new Promise((done, failed) => https.get({ host: '127.0.0.1', port: server.port, path: '/_emulator/health', ca, agent: false, ...options },
        async response => done({ status: response.statusCode, body: await text(response) })).on('error', failed));
}

function tunnel(target) {
    return new Promise((done, failed) => http.request({ host: server.hostname, port: server.port, method: 'CONNECT', path: target, agent: false })
        .on('connect', (response, socket) => done({ status: response.statusCode, socket })).on('error', failed).end());
}

test('https is answered on the same port, by address, by localhost and by the names of the service', async () => {
    assert.equal((await get({})).status, 200);
    for (const name of ['localhost', 'sts.aliyuncs.com', 'ecs.cn-hangzhou.aliyuncs.com', 'oos.eu-central-1.aliyuncs.com', 'bucket.oss-cn-beijing.aliyuncs.com'])
        assert.equal((await get({ servername: name, headers: { host: name } })).status, 200, name);
});

test('a client that does not trust the authority does not connect', async () => {
    await assert.rejects(get({ ca: undefined }), { code: /UNABLE_TO_VERIFY|SELF_SIGNED/ });
});

test('a name that the emulator does not answer to has no certificate', async () => {
    await assert.rejects(get({ servername: 'example.com' }), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

test('through CONNECT a client reaches the emulator, and nothing else', async () => {
    const { status, socket } = await tunnel('ram.aliyuncs.com:443');
    assert.equal(status, 200);
    const secure = tls.connect({ socket, servername: 'ram.aliyuncs.com', ca });
    const body = await new Promise((done, failed) => https.get({ createConnection: () => secure, host: 'ram.aliyuncs.com', path: '/_emulator/health' },
        async response => done(await text(response))).on('error', failed));
    assert.equal(JSON.parse(body).status, 'ok');
    secure.destroy();
    const refused = await tunnel('example.com:443');
    assert.equal(refused.status, 403);
    refused.socket.destroy();
});

test('curl takes it for its server and for its proxy', t => {
    if (spawnSync('curl', ['--version']).error) return t.skip('curl is not installed');
    const curl = (...args) => spawnSync('curl', ['-sS', '--max-time', '20', '--noproxy', '', '--cacert', caFile, ...args], { encoding: 'utf8' });
    for (const args of [
        [`https://127.0.0.1:${server.port}/_emulator/health`],
        [`https://localhost:${server.port}/_emulator/health`],
        ['-x', server.origin, 'https://location-readonly.aliyuncs.com/_emulator/health'],
        ['-x', server.origin, 'http://ecs-cn-hangzhou.aliyuncs.com/_emulator/health'],
        ['-x', server.origin, '-p', 'http://ecs-cn-hangzhou.aliyuncs.com/_emulator/health'],
    ]) {
        const { stdout, stderr } = curl(...args);
        assert.match(stdout, /"status": "ok"/, `${args.join(' ')}: ${stderr}`);
    }
    assert.match(curl('-x', server.origin, 'https://example.com/').stderr, /403/);
});
