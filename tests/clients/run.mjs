// Starts the emulator on a free port with a folder of its own, runs every *.test.mjs here against it, and ends it.
// As: node run.mjs [files...]. ECS_EMULATOR_DLL names another build. The tests find it by the environment set below.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmulator } from './support/emulator.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const keys = { first: ['LTAIclientsFirst', 'clientsFirstSecret', 'first'], second: ['LTAIclientsSecond', 'clientsSecondSecret', 'second'] };

const files = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(here).filter(f => f.endsWith('.test.mjs')).sort().map(f => join(here, f));
let emulator;
let code = 1;
try {
    emulator = await startEmulator({ keys: Object.values(keys) });
    // The tests wait for the emulator more than they compute.
    const tests = spawn(process.execPath, ['--test', '--test-reporter=spec', '--test-concurrency=3', '--test-timeout=120000', ...files], {
        stdio: 'inherit',
        env: {
            ...process.env,
            ECS_EMULATOR: emulator.address,
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
    await emulator?.stop();
}
process.exit(code);
