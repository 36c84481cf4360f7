import { describe, expect, it } from '@jest/globals';
import { readConfig, settings, settingsRead } from '../../src/config.ts';

describe('settings', () => {
  it('are a sandbox on this machine alone where nothing is set', () => {
    expect(readConfig({})).toMatchObject({
      environment: 'development',
      databaseUrl: null,
      host: '127.0.0.1',
      port: 3000,
      portGiven: false,
      publicUrl: 'http://localhost:3000',
      sandbox: true,
      proxies: 0,
    });
  });

  it('never make a production node a sandbox unasked', () => {
    expect(readConfig({ NODE_ENV: 'production' }).sandbox).toBe(false);
    expect(readConfig({ NODE_ENV: 'production', SANDBOX: '1' }).sandbox).toBe(true);
    expect(readConfig({ SANDBOX: '0' }).sandbox).toBe(false);
  });

  it('take an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toEqual(readConfig({}));
  });

  it.each([
    [{ PORT: '0' }],
    [{ PORT: '65536' }],
    [{ PORT: '80a' }],
    [{ DATABASE_URL: 'mysql://x' }],
    [{ SANDBOX: 'perhaps' }],
    [{ ORIGIN: 'a name' }],
    [{ ORIGIN: 'a+b' }],
    [{ PUBLIC_URL: 'here' }],
  ])('that cannot be used are named: %j', (environment) => {
    expect(() => readConfig(environment)).toThrow(Object.keys(environment)[0]);
  });

  it('names every wrong one at once', () => {
    expect(() => readConfig({ PORT: 'x', SANDBOX: 'y' })).toThrow(/PORT.*\nSANDBOX/);
  });

  it('are all listed for the manual, in both languages', () => {
    expect(
      settings
        .filter((each) => each.readBy === 'platform')
        .map((each) => each.name)
        .sort(),
    ).toEqual([...settingsRead].sort());
    for (const { meaning, default: unset } of settings) for (const words of [meaning, unset]) expect(words.zh && words.en).toBeTruthy();
  });
});
