/** The contracts of other software that the service can speak, by the names that FIHRIST_INTERFACES takes. */
export const INTERFACE_NAMES = ['openai', 'mcp', 'open-webui', 'searxng', 'dify'] as const;

export type InterfaceName = (typeof INTERFACE_NAMES)[number];
