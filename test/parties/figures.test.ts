import { afterEach, describe, expect, it } from '@jest/globals';
import { figures, usePeopleFigures } from '../../src/parties/settings.ts';
import { peopleFigures } from '../../src/rulebook/people-figures.ts';

const standing = figures();

describe('The figures of the people’s room', () => {
  afterEach(() => usePeopleFigures(standing));

  it('are the rulebook’s', () => {
    expect(peopleFigures()).toEqual({
      sessionHours: 12,
      idleMinutes: 60,
      triesAllowed: 10,
      triesWithinMinutes: 5,
      certificateYears: 1,
      overlapDays: 7,
      renewalDays: 30,
      listHours: 24,
    });
    usePeopleFigures({ ...peopleFigures(), triesAllowed: 3 });
    expect(figures().triesAllowed).toBe(3);
  });

  it('are positive whole numbers, or the house does not open', () => {
    expect(() => usePeopleFigures({ ...standing, idleMinutes: 0 })).toThrow('idleMinutes');
    expect(() => usePeopleFigures({ ...standing, sessionHours: 0.5 })).toThrow('sessionHours');
    expect(() => usePeopleFigures({ ...standing, sessionHours: 1 })).not.toThrow();
  });
});
