import type { Draft } from '../../case.ts';
import { Deviation } from '../../flow/endings.ts';
import { text } from '../../text.ts';

/** What the server tells of its keys (R6). */
export const secret: readonly Draft[] = [
  {
    slug: 'log',
    level: 'SHOULD',
    clause: 'R6',
    requirement: text('The server’s log holds no key.', '服务器日志中不含密钥。'),
    why: text('Logs are read by many, and kept for years.', '日志会被许多人查看，并保存多年。'),
    mistake: text(
      'The canonical string begins with the key: whoever logs it to find a wrong signature logs the key.',
      '待签名字符串以密钥开头：为排查签名而打印它，就等于打印了密钥。',
    ),
    alone: true,
    run: async ({ send, specimen, keys, secretsOf, serverLog }) => {
      const call = await specimen();
      await send(call).accepted();
      await send(call, { key: keys.stranger }).refused();
      const log = await serverLog();
      if (
        secretsOf(call)
          .slice(0, -1)
          .some((each) => log.includes(each))
      ) {
        throw new Deviation(text('no key in the log', '日志中没有密钥'), text('a key', '密钥'));
      }
    },
  },
];
