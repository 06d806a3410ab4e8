import { FihristError } from '../domain/errors.js';

/** Why a server cannot listen, with the setting that changes it. Unknown causes are given back as they are. */
export function toListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const cause = error;
  switch (error.code) {
    case 'EADDRINUSE': {
      const hint = `FIHRIST_PORT=${port < 65_535 ? port + 1 : 3001}`;
      return new FihristError(
        'PORT_IN_USE',
        `Port ${port} on ${host} is in use by another program. Stop that program, or choose another port: ${hint}.`,
        { details: { host, port, hint }, cause },
      );
    }
    case 'EACCES':
      return new FihristError(
        'SETTING_INVALID',
        `FIHRIST_PORT is ${port}, which this user may not listen on; choose one from 1024 to 65535.`,
        { details: { setting: 'FIHRIST_PORT', value: port, allowed: '1024 to 65535' }, cause },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new FihristError(
        'SETTING_INVALID',
        `FIHRIST_HOST is "${host}", which is not an address of this machine; try 127.0.0.1 or 0.0.0.0.`,
        { details: { setting: 'FIHRIST_HOST', value: host, allowed: 'an address of this machine' }, cause },
      );
    default:
      return error;
  }
}
