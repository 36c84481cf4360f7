import { describe, expect, it } from '@jest/globals';
import type { Instant } from '../../src/kernel/clock.ts';
import { type HallScene, hall } from '../../views/openings/hall.ts';
import { sampleView } from './sample-view.ts';

const scene: HallScene = {
  lot: '01a5d358-638c-7504-af7a-efd5bec4593c',
  number: 'A01',
  name: '住院部消防改造工程施工',
  kind: '工程建设',
  tenderee: '枝江市人民医院',
  host: '宜昌明衡招标代理有限公司',
  supervisor: null,
  deadline: '2027-06-21T01:30:00.000Z' as Instant,
  openedAt: null,
  recordClosedAt: null,
  failedFor: { zh: '投标人少于三个，依法不开标', en: 'Fewer than three bidders: no opening' },
  place: null,
  order: null,
  stage: null,
  ceiling: null,
  council: null,
  bids: [],
  figures: {},
  draw: null,
  record: [],
  objections: [],
  may: { read: false, close: false },
  paper: null,
};
const states = (of: HallScene): readonly string[] =>
  [...`${hall(sampleView('zh'), of)}`.matchAll(/class="stage stage-(\w+)"/g)].map((found) => found[1] ?? '');

describe('The stages of a hall', () => {
  it('stand still at the opening where fewer than three bid: nothing is said to be decrypted or read', () => {
    expect(states(scene)).toEqual(['done', 'stopped', 'next', 'next']);
  });

  it('are all done once the record is closed', () => {
    const closed = '2027-06-21T03:00:00.000Z' as Instant;
    expect(states({ ...scene, failedFor: null, openedAt: scene.deadline, recordClosedAt: closed })).toEqual(Array(4).fill('done'));
  });
});
