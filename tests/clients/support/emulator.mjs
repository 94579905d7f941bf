// Starts an emulator on a free port, in a folder of its own. ECS_EMULATOR_DLL names another build.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** The newest build of a program, which lies in a folder such as src/EcsImages.Emulator. */
export function findBuild(folder) {
    const builds = ['Debug', 'Release']
        .map(c => join(root, folder, 'bin', c, 'net10.0', `${basename(folder)}.dll`))
        .filter(existsSync)
        .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    if (builds.length === 0) throw new Error(`${basename(folder)} is not built: dotnet build ${folder}`);
    return builds[0];
}

const findEmulator = () => process.env.ECS_EMULATOR_DLL ? resolve(process.env.ECS_EMULATOR_DLL) : findBuild('src/EcsImages.Emulator');

/** Its address, and how to end it. Keys are [id, secret, account]; more options are passed on as they are; without a folder it has one that goes with it. */
export async function startEmulator({ keys = [], speed = 100, folder, options = [] } = {}) {
    const all = [...(folder ? ['--path', folder] : ['--ephemeral']), ...keys.flatMap(k => ['--access-key', k.join(':')]), ...options];
    const child = spawn('dotnet', [findEmulator(), '--port', '0', '--speed', String(speed), ...all], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise(done => child.once('exit', done));
    const address = await new Promise((found, failed) => {
        child.once('error', failed);
        child.once('exit', code => failed(new Error(`The emulator ended with ${code} before it served.`)));
        createInterface({ input: child.stdout }).on('line', line => {
            if (line.startsWith('Listening on ')) found(line.slice('Listening on '.length).replace(/\/$/, ''));
        });
    });
    return {
        address,
        async stop(signal = 'SIGTERM') {
            child.kill(signal);
            await ended;
        },
    };
}

/** Asks the emulator itself, under /_emulator. */
export async function control(address, method, what, body) {
    const reply = await fetch(`${address}/_emulator/${what}`, {
        method,
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${what}: ${reply.status} ${text}`);
    return text.length > 0 ? JSON.parse(text) : undefined;
}
