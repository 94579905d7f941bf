// Starts the emulator on a free port with a folder of its own, runs every *.test.mjs here against it, and ends it.
// As: node run.mjs [files...]. ECS_EMULATOR_DLL names another build. The tests find it by the environment set below.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const keys = { first: ['LTAIclientsFirst', 'clientsFirstSecret', 'first'], second: ['LTAIclientsSecond', 'clientsSecondSecret', 'second'] };

function findBuild() {
    if (process.env.ECS_EMULATOR_DLL) return resolve(process.env.ECS_EMULATOR_DLL);
    const builds = ['Debug', 'Release']
        .map(c => join(here, '../../src/EcsImages.Emulator/bin', c, 'net10.0/EcsImages.Emulator.dll'))
        .filter(existsSync)
        .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    if (builds.length === 0) throw new Error('The emulator is not built: dotnet build src/EcsImages.Emulator');
    return builds[0];
}

function startEmulator() {
    const options = Object.values(keys).flatMap(k => ['--access-key', k.join(':')]);
    const emulator = spawn('dotnet', [findBuild(), '--port', '0', '--ephemeral', '--speed', '100', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    const address = new Promise((found, failed) => {
        emulator.once('error', failed);
        emulator.once('exit', code => failed(new Error(`The emulator ended with ${code} before it served.`)));
        createInterface({ input: emulator.stdout }).on('line', line => {
            if (line.startsWith('Listening on ')) found(line.slice('Listening on '.length).replace(/\/$/, ''));
        });
    });
    return { emulator, address };
}

function ended(child) {
    return new Promise(done => child.exitCode !== null || child.signalCode !== null ? done() : child.once('exit', done));
}

const files = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(here).filter(f => f.endsWith('.test.mjs')).sort().map(f => join(here, f));
const { emulator, address } = startEmulator();
let code = 1;
try {
    const tests = spawn(process.execPath, ['--test', ...files], {
        stdio: 'inherit',
        env: {
            ...process.env,
            ECS_EMULATOR: await address,
            ECS_EMULATOR_KEY_ID: keys.first[0],
            ECS_EMULATOR_KEY_SECRET: keys.first[1],
            ECS_EMULATOR_OTHER_KEY_ID: keys.second[0],
            ECS_EMULATOR_OTHER_KEY_SECRET: keys.second[1],
            ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
            no_proxy: '127.0.0.1,localhost',
        },
    });
    code = await new Promise(done => tests.once('exit', (status, signal) => done(signal ? 1 : status)));
} catch (error) {
    console.error(error.message);
} finally {
    emulator.kill('SIGTERM');
    await ended(emulator);
}
process.exit(code);
