import { demonstrationPassword, organisations } from './organisations.ts';

const roleNames: Readonly<Record<string, string>> = {
  regulator: '监管 regulator',
  trustee: '托管人 trustee',
  centre: '交易中心 centre',
  administrator: '管理员 administrator',
  tenderee: '招标人 tenderee',
  agent: '代理 agent',
  bidder: '投标人 bidder',
  bank: '存管银行 bank',
};

/** The demonstration accounts, one line for each role, and how experts sign in. */
export function accountLines(): string[] {
  const seen = new Set<string>();
  const lines = organisations.flatMap((organisation) =>
    organisation.users.flatMap(({ login, name, role }) => {
      if (seen.has(role)) return [];
      seen.add(role);
      return [`  ${(roleNames[role] ?? role).padEnd(22)} ${login.padEnd(14)} ${name} · ${organisation.name}`];
    }),
  );
  return [
    `演示账户 demonstration accounts（口令 password: ${demonstrationPassword}）`,
    ...lines,
    `  ${'评标专家 expert'.padEnd(22)} ${'expert0001 …'.padEnd(14)} 抽中者见 those drawn: /sandbox/phone`,
  ];
}
