// Runs Packer as its users do, with the emulator for its proxy.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The last release that carries the builder for Alibaba Cloud in itself.
const wanted = /^(Packer )?v?1\.6\./m;

/** Why there is no Packer to run; null where there is one. */
export function missing() {
    const found = spawnSync('packer', ['version'], { encoding: 'utf8', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
    if (found.error) return 'packer is not installed (Debian: apt-get install packer)';
    return wanted.test(found.stdout) ? null : `packer 1.6 is needed, this is ${found.stdout.trim()}`;
}

/** The exit code of a build, and all that it wrote. */
export async function build(emulator, account, settings, more = []) {
    const folder = mkdtempSync(join(tmpdir(), 'packer-clients-'));
    try {
        writeFileSync(join(folder, 'ca.pem'), await (await emulator.control('GET', 'ca.pem')).text());
        writeFileSync(join(folder, 'template.json'), JSON.stringify({
            builders: [{
                type: 'alicloud-ecs', access_key: account.key.accessKeyId, secret_key: account.key.accessKeySecret, region: 'cn-hangzhou',
                instance_type: 'ecs.g7.large', communicator: 'none', wait_snapshot_ready_timeout: 60, ...settings,
            }],
        }));
        const packer = spawn('packer', ['build', '-color=false', ...more, 'template.json'], {
            cwd: folder,
            stdio: ['ignore', 'pipe', 'pipe'],
            env: {
                PATH: process.env.PATH, HOME: folder, TMPDIR: folder, CHECKPOINT_DISABLE: '1',
                HTTP_PROXY: emulator.origin, HTTPS_PROXY: emulator.origin, SSL_CERT_FILE: join(folder, 'ca.pem'),
            },
        });
        let output = '';
        for (const stream of [packer.stdout, packer.stderr]) stream.setEncoding('utf8').on('data', piece => output += piece);
        const limit = setTimeout(() => packer.kill('SIGKILL'), 150_000);
        const code = await new Promise((done, failed) => packer.once('error', failed).once('close', done));
        clearTimeout(limit);
        return { code, output };
    } finally {
        rmSync(folder, { recursive: true });
    }
}
