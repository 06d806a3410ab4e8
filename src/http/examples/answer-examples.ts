import type { Route } from '../route.js';

export const ANSWER_EXAMPLES: Route['examples'] = {
  question: {
    summary: 'A question in Arabic',
    body: { question: 'ما سبب خلوّ قناة السويس من الأهوسة؟' },
  },
  follow_up: {
    summary: 'A question that goes on from another one, answered bit by bit',
    body: {
      question: 'And what does it weigh?',
      history: [{ role: 'user', content: 'How is honey made?' }],
      stream: true,
    },
  },
};

export const CHAT_EXAMPLES: Route['examples'] = {
  question: {
    summary: 'A question as OpenAI clients ask it',
    body: {
      model: 'fihrist',
      messages: [{ role: 'user', content: 'Why does the Suez Canal have no locks?' }],
    },
  },
};

export const UI_CHAT_EXAMPLES: Route['examples'] = {
  question: {
    summary: 'A question as `useChat` asks it',
    body: {
      id: 'a-chat',
      messages: [
        {
          id: 'a-message',
          role: 'user',
          parts: [{ type: 'text', text: 'Why does the Suez Canal have no locks?' }],
        },
      ],
      trigger: 'submit-message',
    },
  },
};
