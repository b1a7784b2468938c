import { createClient } from '#src/features/client.ts';
import { command } from '../command.ts';
import { keySecretFile } from '../key-secret-file.ts';
import { networks, wholeNumber } from '../values.ts';

export const serve = command({
  name: 'serve',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.serve',
  options: {
    port: { type: 'string', value: 'PORT', help: 'option.port' },
    host: { type: 'string', value: 'HOST', help: 'option.host' },
    home: { type: 'string', value: 'DIR', help: 'option.home' },
    'trusted-proxy': { type: 'string', value: 'ADDRESS', help: 'option.trusted-proxy', repeats: true },
    'partner-network': { type: 'string', value: 'NETWORK', help: 'option.partner-network', repeats: true },
    'database-url': { type: 'string', value: 'URL', help: 'option.database-url' },
  },
  async run({ values, say, env, output, terminal }) {
    // Loaded only here: every other command would wait for a server that it does not need.
    const { startNode } = await import('#src/server/node.ts');
    const databaseUrl = values['database-url'] ?? env['DATABASE_URL'];
    const node = await startNode({
      home: values.home ?? '.tansiq/node',
      port: wholeNumber('port', values.port ?? '7070', [0, 65_535], say),
      host: values.host ?? '127.0.0.1',
      trustedProxies: networks('trusted-proxy', values['trusted-proxy'] ?? env['TANSIQ_TRUSTED_PROXY'], say),
      partnerNetworks: networks('partner-network', values['partner-network'] ?? env['TANSIQ_PARTNER_NETWORK'], say),
      ...keySecretFile(env),
      ...(databaseUrl ? { databaseUrl } : {}),
    });
    try {
      const { needsSetUp } = await createClient(node.url).entrance();
      output.answer({ url: node.url, needsSetUp }, [
        say('serve.ready', { url: node.url }),
        ...(needsSetUp ? [say('serve.set-up', { url: `${node.url}/set-up` })] : []),
      ]);
      await stopped(terminal.stop);
    } finally {
      await node.close();
    }
  },
});

export function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
