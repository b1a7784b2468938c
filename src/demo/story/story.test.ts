import { describe, expect, it } from 'vitest';
import { passphraseProblem } from '#src/features/passphrase-rule.ts';
import { demoPassphrase } from '../passphrase.ts';
import { momentBefore } from '../play-story.ts';
import { reportInput } from '../story-inputs.ts';
import { agreements } from './agreements.ts';
import { borderCellLead, harbourLead } from './founding-leads.ts';
import type { ConditionScene, ReportScene } from './scene.ts';
import { scenes, trust } from './scenes.ts';
import { officerOf, serviceCodes, services } from './services.ts';

const now = new Date('2026-11-24T00:05:00Z');
const reportScenes = scenes.filter((scene): scene is ReportScene | ConditionScene => 'report' in scene);
const moments = [trust.setUp, trust.cards, trust.proposals, trust.assents, ...scenes.map((scene) => scene.at)];

describe('the story', () => {
  it('goes forward in time and ends before the day on which it is told, whatever the hour', () => {
    const times = moments.map((moment) => momentBefore(now, moment).getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.max(...times)).toBeLessThan(now.getTime());
  });

  it('speaks of each report only after it was given, and decides only what was read', () => {
    const given = new Set<string>();
    const read = new Set<string>();
    for (const scene of reportScenes) {
      if (scene.act === 'give') given.add(scene.report.key);
      else expect(given, scene.report.key).toContain(scene.report.key);
      if (scene.act === 'read') read.add(scene.report.key);
      expect(scene.act !== 'decide' || read.has(scene.report.key)).toBe(true);
    }
    expect(reportScenes.filter(({ act }) => act === 'give')).toHaveLength(given.size);
  });

  it('shows each decision, and leaves one lead to decide in each inbox', () => {
    const decided = new Map(
      scenes.flatMap((scene) => (scene.act === 'decide' ? [[scene.report.key, scene.decision]] : [])),
    );
    expect(new Set(decided.values())).toEqual(new Set(['act', 'no-action', 'already-known', 'need-more']));
    const waiting = reportScenes.filter(
      ({ act, report }) => act === 'give' && report.reportType === 'lead' && !decided.has(report.key),
    );
    expect(new Set(waiting.flatMap(({ report }) => report.to))).toEqual(new Set(serviceCodes));
  });

  it('has a lead each way between Atlas and Meridian that ends in arrests, weeks apart', () => {
    const outcomes = scenes.filter((scene) => scene.act === 'report-outcome');
    const arrests = outcomes.map(({ report, results }) => [
      report.key,
      results.find(({ result }) => result === 'arrests')?.count,
    ]);
    expect(arrests).toEqual([
      [harbourLead.key, 1],
      [borderCellLead.key, 4],
    ]);
    expect((outcomes[0]?.at.daysAgo ?? 0) - (outcomes[1]?.at.daysAgo ?? 0)).toBeGreaterThan(21);
  });

  it('[ACC-02] has a portion and a whole report above the agreement, and nothing else', () => {
    const above = reportScenes
      .filter(({ act }) => act === 'give')
      .flatMap(({ report }) =>
        report.to.flatMap((to) => {
          const agreement = agreements.find(
            ({ proposer, partner }) => [proposer, partner].sort().join() === [report.from, to].sort().join(),
          );
          expect(agreement, `${report.from} and ${to}`).toBeDefined();
          const ceiling = agreement?.ceiling ?? 0;
          expect(agreement?.purposes).toContain(report.purpose);
          const portions = report.portions.filter(({ level }) => (level ?? report.level) > ceiling).length;
          return portions === 0 ? [] : [`${report.key} ${portions} of ${report.portions.length}`];
        }),
      );
    expect(above).toEqual(['harbour 1 of 5', 'above-ceiling 1 of 1']);
  });

  it('has officers who may do what they do, one of each role per service, whose passphrases the node takes', async () => {
    for (const { act, service, role, report } of reportScenes) {
      const officer = officerOf(service, role);
      if (act !== 'give') continue;
      const { portions } = reportInput(report, [], [], now);
      for (const { marking } of portions)
        expect(officer.clearance).toBeGreaterThanOrEqual(marking?.level ?? report.level);
    }
    for (const { code, officers } of services) {
      expect(new Set(officers.map(({ role }) => role)).size).toBe(6);
      for (const { login } of officers) {
        expect(login).toMatch(/^[a-z][a-z0-9.-]{1,39}$/);
        expect(await passphraseProblem(demoPassphrase(code, login), { login, names: [code] }, '/')).toBeNull();
      }
    }
  });

  it('[ACC-19] has two reports of two services to a third that go back to one lead', () => {
    const drawing = reportScenes.filter(
      ({ act, report }) => act === 'give' && 'drawsOn' in report && report.drawsOn?.includes(borderCellLead),
    );
    expect(drawing.map(({ report }) => [report.from, report.to])).toEqual([
      ['sahara', ['meridian']],
      ['atlas', ['meridian']],
    ]);
  });

  it('[PRM-1] has a permission refused with a ground, and one with limits before anything is passed on', () => {
    const decisions = scenes.flatMap((scene) => (scene.act === 'decide-permission' ? [scene] : []));
    expect(decisions.map(({ decision }) => decision.decision)).toEqual(['refused', 'granted', 'granted']);
    const passed = scenes.flatMap((scene, index) => (scene.act === 'pass-on' ? [{ scene, index }] : []));
    expect(passed).toHaveLength(1);
    for (const { scene, index } of passed) {
      const grant = decisions.find(({ of, report }) => of === scene.service && report === scene.report);
      expect(grant && scenes.indexOf(grant)).toBeLessThan(index);
    }
  });

  it('[COR-2] has a correction that every holder answers, the third service with what relied on it', () => {
    const [correction] = scenes.flatMap((scene) => (scene.act === 'correct' ? [scene] : []));
    expect(correction?.report).toBe(borderCellLead);
    const answers = scenes.flatMap((scene) => (scene.act === 'answer-correction' ? [scene] : []));
    expect(answers.map(({ service, answer }) => [service, answer.answer])).toEqual([
      ['atlas', 'replaced'],
      ['sahara', 'relied-on'],
    ]);
  });
});
