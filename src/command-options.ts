import type { Words } from './kernel/words.ts';

/** An option as the help of its command prints it: the flag with what it takes, and what it is for. */
export type OptionHelp = readonly [flag: string, says: Words];

const lang: OptionHelp = ['--lang zh|en', { zh: '输出语言，默认 zh', en: 'language of the output, zh by default' }];
const json: OptionHelp = ['--json', { zh: '机器可读输出（JSON）', en: 'output for machines (JSON)' }];
const platform: OptionHelp = ['--platform URL', { zh: '平台地址', en: 'address of the platform' }];
const lot: OptionHelp = ['--lot ID', { zh: '标段编号（网址中的那一段）', en: 'id of the lot, as it stands in its address' }];
const vkey: OptionHelp = [
  '--key VKEY',
  { zh: '平台公钥（名称+散列+base64），自己另行记下的', en: 'the platform’s verifier key (name+hash+base64), as you noted it elsewhere' },
];
const originKey: OptionHelp = [
  '--origin-key VKEY',
  {
    zh: '自己另行记下的平台公钥；不给时首次启动相信平台所说，并打印供核对',
    en: 'the platform’s key as you noted it; without it the first start believes what the platform says, and prints it to be compared',
  },
];
const login: OptionHelp = ['--login NAME', { zh: '登录名', en: 'login name' }];
const token: OptionHelp = [
  '--token FILE',
  { zh: '存有会话令牌的文件，代替登录', en: 'a file with the token of a session, instead of signing in' },
];
const passphrase: OptionHelp = [
  '--passphrase FILE',
  { zh: '存有密钥口令的文件；不给时在终端询问', en: 'a file with the passphrase of the key; asked for on the terminal without it' },
];
const totp: OptionHelp = [
  '--totp CODE',
  { zh: '已启用动态口令的账号填写六位数字', en: 'the six digits, where the account has one-time codes' },
];
const caFile: OptionHelp = [
  '--ca FILE',
  { zh: '核对平台 TLS 证书所用的根证书（PEM）', en: 'authorities that the platform’s TLS certificate is checked against (PEM)' },
];
const poll: OptionHelp = ['--poll MS', { zh: '两轮查看之间的毫秒数', en: 'milliseconds between two rounds' }];

/** What each command takes. A test compares it with what each command reads. */
export const commandOptions: Readonly<Record<string, readonly OptionHelp[]>> = {
  verify: [vkey, json, lang],
  rank: [['--findings', { zh: '只列评标办法的特性', en: 'only what the method does' }]],
  paper: [json],
  seal: [
    ['--tender FILE', { zh: '招标信息文件（从标段页下载）', en: 'the tender file, from the page of the lot' }],
    ['--bid FILE', { zh: '填好的投标：bid.json 或 Excel 表', en: 'the bid filled in: bid.json or an Excel sheet' }],
    ['--files DIR', { zh: '附件所在文件夹，默认当前文件夹', en: 'folder of the attachments; this folder by default' }],
    [
      '--key KEYFILE',
      {
        zh: '签名证书的密钥文件（.p12 或 .pem）；与 --check 同用时为平台公钥',
        en: 'key file of the signing certificate (.p12 or .pem); with --check the platform’s key',
      },
    ],
    passphrase,
    ['--out FILE', { zh: '密封后写到哪里（与 --reread 同用时为文件夹）', en: 'where the sealed bid goes; a folder with --reread' }],
    ['--own FILE', { zh: '自存解密密钥写到哪里', en: 'where your own decryption key goes' }],
    ['--replaces RECEIPT', { zh: '代替此前递交的一份：它的回执', en: 'the receipt of the submission that this one replaces' }],
    ['--platform-key VKEY', { zh: '自己另行记下的平台公钥', en: 'the platform’s key as you noted it elsewhere' }],
    ['--accept-remarks', { zh: '有提示也继续密封', en: 'seal although there are remarks' }],
    ['--strip-blind', { zh: '密封前清除暗标文件中能识别身份的属性', en: 'take identifying properties out of blind files first' }],
    [
      '--check RECEIPT',
      {
        zh: '核验回执；可给两份，后一份应是前一份的延续',
        en: 'verify a receipt; given twice, the later journal must continue the earlier',
      },
    ],
    ['--of FILE', { zh: '回执所属的密封文件，核对摘要', en: 'the sealed file of the receipt, to compare digests' }],
    ['--reread FILE', { zh: '重新打开自己的密封文件', en: 'open an own sealed file again' }],
    ['--identity FILE', { zh: '自存解密密钥', en: 'your own decryption key' }],
    [
      '--submit FILE',
      { zh: '递交密封文件，核验回执后才算递交', en: 'hand a sealed file in; submitted only once the receipt has verified' },
    ],
    ['--commit-first', { zh: '先递交签名的承诺，内容随后补传', en: 'submit the signed commitment first, the bytes afterwards' }],
    [
      '--for-members FILE',
      { zh: '联合体：先写出各成员要签名的文件，不密封', en: 'joint bid: write what the members sign first, and seal nothing yet' },
    ],
    [
      '--member-signature FILE',
      { zh: '联合体：成员交回的签名，可给多份', en: 'joint bid: the signature that a member handed back; may be given several times' },
    ],
    [
      '--sign-as-member FILE',
      { zh: '作为联合体成员，用 --key 签名牵头人交来的文件', en: 'as a member of a joint bid: sign with --key what its lead handed over' },
    ],
    platform,
    login,
    totp,
    token,
  ],
  layer: [
    lot,
    ['--identity FILE', { zh: '密封时保存的解密密钥', en: 'the decryption key you saved when you sealed' }],
    ['--copy FILE', { zh: '按补救方案提交的密封副本', en: 'the sealed copy that the remedy asks for' }],
    ['--key KEYFILE', { zh: '签名证书的密钥文件', en: 'key file of the signing certificate' }],
    ['--inner FILE', { zh: '离线：从这份密封文件取出内层副本', en: 'offline: take the inner copy out of this sealed file' }],
    ['--out FILE', { zh: '内层副本写到哪里', en: 'where the inner copy goes' }],
    passphrase,
    platform,
    login,
    [
      '--password FILE',
      { zh: '存有登录密码的文件；不给时在终端询问', en: 'a file with the password; asked for on the terminal without it' },
    ],
    totp,
    token,
  ],
  'watch-client': [
    platform,
    vkey,
    [
      '--lot ID',
      { zh: '以投标人身份查看哪个标段的投标台，与 --token 同用', en: 'whose bid desk is fetched as its bidder, together with --token' },
    ],
    ['--token FILE', { zh: '存有投标人会话令牌的文件', en: 'a file with the token of a bidder’s session' }],
    ['--every SECONDS', { zh: '两次查看的平均间隔，默认 900', en: 'seconds between two looks on average, 900 by default' }],
    ['--times N', { zh: '查看几次，默认 1；0 为一直看下去', en: 'how often it looks, once by default; 0 goes on until it is stopped' }],
    json,
    lang,
  ],
  custodian: [
    platform,
    [
      '--folder FOLDER',
      { zh: '本机构的文件夹，下列未给出的文件都在其中', en: 'the institution’s folder; whatever is not named below lies there' },
    ],
    ['--key FILE', { zh: '托管人密钥（trustee-key.age）', en: 'the trustee’s key (trustee-key.age)' }],
    ['--passphrase FILE', { zh: '密钥口令', en: 'its passphrase' }],
    ['--witness FILE', { zh: '联署用的见证密钥', en: 'the witness key with which it cosigns' }],
    [
      '--trust FILE',
      { zh: '相信谁：由本机构写明，不从平台获取', en: 'whom it believes: told by its institution, never fetched from the platform' },
    ],
    ['--state FILE', { zh: '看见过和答复过什么', en: 'what it has seen and answered' }],
    ['--log FILE', { zh: '核查日志', en: 'what it evaluated, and why it answered or refused' }],
    ['--holds FILE', { zh: '本机构自行暂缓的标段', en: 'lots the institution holds by itself' }],
    caFile,
    ['--cert FILE', { zh: '本机构的 TLS 证书（PEM）', en: 'the institution’s own TLS certificate (PEM)' }],
    ['--cert-key FILE', { zh: 'TLS 证书的私钥', en: 'its private key' }],
    [
      '--status-port PORT',
      { zh: '状态页和监控指标的端口；不给则没有状态页', en: 'port of the status page and metrics; no page without it' },
    ],
    ['--status-host HOST', { zh: '状态页监听地址，默认 127.0.0.1', en: 'address the status page listens on, 127.0.0.1 by default' }],
    ['--poll MS', { zh: '两轮查看之间的毫秒数，默认 500', en: 'milliseconds between two rounds, 500 by default' }],
    [
      '--clock-limit SECONDS',
      { zh: '时钟与其他见证方最多相差几秒，默认 60', en: 'seconds by which its clock may differ from the other witnesses’, 60 by default' },
    ],
    [
      '--late-limit MINUTES',
      {
        zh: '截止后几分钟内投标事件仍可入日志，默认 30',
        en: 'minutes after a deadline in which a bid’s entry may still reach the journal, 30 by default',
      },
    ],
    ['--check', { zh: '与 log 同用：核对核查日志', en: 'with log: verify its log' }],
    lot,
  ],
  ceremony: [
    platform,
    ['--ceremony ID', { zh: '密钥仪式编号', en: 'id of the ceremony' }],
    login,
    ['--signing-key FILE', { zh: '本机构签名证书的密钥文件', en: 'key file of the institution’s signing certificate' }],
    ['--folder FOLDER', { zh: '密钥文件和口令所在的文件夹', en: 'folder of the key file and the passphrases' }],
    ['--anchors FILE', { zh: '信任的根证书（PEM）', en: 'root certificates to believe (PEM)' }],
    ['--name NAME', { zh: '见证程序的名称', en: 'name of the witness' }],
    ['--code CODE', { zh: '电话核对一致后的核对码', en: 'the code, once it has been compared by telephone' }],
  ],
  witness: [
    platform,
    ['--key FILE', { zh: '见证密钥，首次启动时生成', en: 'the witness key, made at the first start' }],
    ['--state FILE', { zh: '看见过什么；必须保存', en: 'what it has seen; keep it' }],
    originKey,
    ['--name NAME', { zh: '见证方名称，默认为主机名', en: 'name of the witness, the host’s by default' }],
    poll,
    caFile,
  ],
  probe: [
    platform,
    ['--key FILE', { zh: '探测密钥，首次启动时生成', en: 'the probe’s key, made at the first start' }],
    ['--state FILE', { zh: '状态文件，默认为密钥文件名加 .state', en: 'its state; the key’s name with .state by default' }],
    ['--log FILE', { zh: '签名日志，默认为密钥文件名加 .log', en: 'its signed log; the key’s name with .log by default' }],
    originKey,
    ['--name NAME', { zh: '探测方名称，默认为主机名', en: 'name of the probe, the host’s by default' }],
    ['--every SECONDS', { zh: '每隔几秒试投一次，默认 60', en: 'seconds between two tries, 60 by default' }],
    [
      '--batch N',
      { zh: '没有变化时，攒满几分钟陈述一次，默认 60', en: 'while nothing changes, how many minutes one statement holds, 60 by default' },
    ],
  ],
  audit: [
    ['--platform URL', { zh: '按公开的日志文件核查（任何人）', en: 'by the public tiles (anyone)' }],
    ['--database URL', { zh: '按数据表核查（有读取权限者）', en: 'by the tables (whoever may read them)' }],
    ['--key VKEY', { zh: '平台公钥，可多次给出', en: 'the platform’s key; may be given more than once' }],
    ['--witness VKEY', { zh: '见证方公钥，可多次给出', en: 'a witness’s key; may be given more than once' }],
    ['--checkpoint FILE', { zh: '自己保存的检查点，可多次给出', en: 'a checkpoint you kept; may be given more than once' }],
    ['--receipt FILE', { zh: '自己保存的回执，可多次给出', en: 'a receipt you kept; may be given more than once' }],
    [
      '--veil FILE',
      {
        zh: '与 --database 同用：保证金密钥（securities.key），打开遮蔽的记录；可给多份，没有则只计数',
        en: 'with --database: the securities.key that opens veiled rows, several times for earlier keys; without it they are counted only',
      },
    ],
    ['--state FILE', { zh: '保存最新检查点，供下次核查对照', en: 'keeps the newest checkpoint to hold the next audit against' }],
    json,
    lang,
  ],
  'rotate-identity-key': [
    ['--database URL', { zh: '数据库连接串，默认 DATABASE_URL', en: 'the database, DATABASE_URL by default' }],
    ['--folder DIR', { zh: '密钥文件夹，默认 IDENTITY_DIR', en: 'folder of the keys, IDENTITY_DIR by default' }],
  ],
  demo: [
    ['--only LINE', { zh: '只走一个门类：construction 或 procurement', en: 'one line of trade only: construction or procurement' }],
    [
      '--all-methods',
      {
        zh: '政府采购的各种方式各走一次：询价、谈判、磋商、邀请招标、框架协议',
        en: 'every method of procurement: inquiry, negotiation, consultation, invited tender, framework agreement',
      },
    ],
    ['--envelopes 1|2|3', { zh: '投标文件分几个信封依次开启', en: 'in how many envelopes, opened in turn, a bid comes' }],
    [
      '--policy council|bidder+council',
      { zh: '谁来开启：委员会，或投标人先解自己的一层', en: 'who opens: the council, or each bidder its own layer first' },
    ],
    ['--out DIR', { zh: '证据包和文书写到哪里', en: 'where the evidence and the papers go' }],
  ],
  docs: [['--check', { zh: '只比较，不改写', en: 'only compare' }]],
};
