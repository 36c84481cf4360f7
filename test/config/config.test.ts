import { describe, expect, it } from '@jest/globals';
import { readConfig, settings, settingsRead } from '../../src/config.ts';
import { isBarred } from '../../src/web/barred-ports.ts';

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
    [{ PORT: '6000' }],
    [{ PORT: '4190' }],
    [{ PUBLIC_URL: 'https://bids.example.cn:6000' }],
  ])('that cannot be used are named: %j', (environment) => {
    expect(() => readConfig(environment)).toThrow(Object.keys(environment)[0]);
  });

  it('bar the very ports that fetch never asks, and no other of its neighbours', async () => {
    // fetch refuses such a port before it asks anything: nothing of this leaves the process
    const dispatcher = {
      dispatch(): boolean {
        throw new Error('asked');
      },
    };
    const refusedByFetch = async (port: number): Promise<boolean> => {
      const refused = await fetch(`http://127.0.0.1:${port}/`, { dispatcher } as unknown as RequestInit).catch((error: Error) => error);
      return refused instanceof Error && refused.cause instanceof Error && refused.cause.message === 'bad port';
    };
    const ports = Array.from({ length: 10_100 }, (_, at) => at + 1);
    const wrong: number[] = [];
    for (const port of ports) if ((await refusedByFetch(port)) !== isBarred(port)) wrong.push(port);
    expect(wrong).toEqual([]);
    expect(ports.filter(isBarred)).toHaveLength(82);
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
