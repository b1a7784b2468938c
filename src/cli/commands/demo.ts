import { demoPassphrase } from '#src/demo/passphrase.ts';
import type { Step } from '#src/demo/play-story.ts';
import {
  type DemoEvent,
  type DemoProblem,
  defaultBasePort,
  defaultHome,
  runDemo,
  type Urls,
} from '#src/demo/run-demo.ts';
import { type ServiceCode, serviceCodes, serviceOf, services } from '#src/demo/story/services.ts';
import { command, UsageError } from '../command.ts';
import type { Say } from '../messages.ts';
import type { Output } from '../output.ts';
import { isolate, table } from '../table.ts';
import { wholeNumber } from '../values.ts';

export const demo = command({
  name: 'demo',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.demo',
  options: {
    port: { type: 'string', value: 'BASE', help: 'option.demo-port' },
    home: { type: 'string', value: 'DIR', help: 'option.demo-home' },
    reset: { type: 'boolean', help: 'option.reset' },
  },
  async run({ values, say, output, terminal }) {
    const basePort = wholeNumber('port', values.port ?? String(defaultBasePort), [1, 65_533], say);
    const home = values.home ?? defaultHome(basePort);
    const problem = await runDemo({
      basePort,
      home,
      reset: values.reset ?? false,
      stop: terminal.stop,
      tell: (event) => tell(event, say, output),
    });
    if (problem) throw new UsageError(problemSentence(problem, home, say));
  },
});

function tell(event: DemoEvent, say: Say, output: Output): void {
  if (event.event === 'ready') {
    output.answer({ ready: event.urls, officers: officerList() }, [
      ...officerLines(event.urls, say),
      ...memoryLine(event.residentBytes, say),
      `ready: ${serviceCodes.map((code) => `${code} ${event.urls[code]}`).join(' · ')}`,
    ]);
  } else if (event.event === 'restarted' || event.event === 'gave-up') output.warn(sentenceOf(event, say));
  else output.progress(sentenceOf(event, say));
}

function sentenceOf(event: Exclude<DemoEvent, { event: 'ready' }>, say: Say): string {
  switch (event.event) {
    case 'starting':
      return say('demo.starting');
    case 'started':
      return `  ${say('demo.started', { service: nameOf(event.service, say), url: event.url })}`;
    case 'restarted':
      return say('demo.restarted', { service: nameOf(event.service, say) });
    case 'gave-up':
      return say('demo.gives-up', { service: nameOf(event.service, say) });
    case 'again':
      return say('demo.again');
    case 'story':
      return `  ${storyLine(event.step, say)}`;
    default:
      throw new Error(`no such event: ${event satisfies never}`);
  }
}

function storyLine(step: Step, say: Say): string {
  const day = step.at.toISOString().slice(0, 10);
  if ('step' in step) return `${day}  ${say(`demo.step-${step.step}`)}`;
  const { act, service } = step.scene;
  const about = 'request' in step.scene ? step.scene.request : step.scene.report;
  const title = isolate(`“${about.title}”`);
  const who = nameOf(service, say);
  const to = ('to' in step.scene ? [step.scene.to] : about.to).map((code) => nameOf(code, say)).join(', ');
  return `${day}  ${say(`demo.act-${act}`, { who, to, title })}`;
}

function officerList() {
  return services.flatMap(({ code, language, officers }) =>
    officers.map(({ login, displayName, role }) => ({
      service: code,
      login,
      displayName,
      role,
      language,
      passphrase: demoPassphrase(code, login),
    })),
  );
}

function officerLines(urls: Urls, say: Say): string[] {
  const rows = officerList();
  const columns = table(rows.map((row) => [row.login, row.passphrase, row.role, row.language, row.displayName]));
  return [
    say('demo.officers'),
    ...serviceCodes.flatMap((code) => [
      `  ${nameOf(code, say)} — ${urls[code]}`,
      ...columns.filter((_, at) => rows[at]?.service === code).map((line) => `    ${line}`),
    ]),
  ];
}

function memoryLine(bytes: number | null, say: Say): string[] {
  if (bytes === null) return [];
  return [say('demo.memory', { megabytes: Math.round(bytes / 1e6), processes: serviceCodes.length + 1 })];
}

function problemSentence(problem: DemoProblem, home: string, say: Say): string {
  switch (problem.problem) {
    case 'port-taken':
      return say('demo.port-taken', { port: problem.port });
    case 'home-elsewhere':
      return say('demo.home-elsewhere', { home, port: problem.port });
    case 'home-foreign':
      return say('demo.home-foreign', { home });
    default:
      throw new Error(`no such problem: ${problem satisfies never}`);
  }
}

function nameOf(code: ServiceCode, say: Say): string {
  return serviceOf(code).names[say.language];
}
