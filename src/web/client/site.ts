import { followDirection } from './follow-direction.js';
import { refreshStatus } from './refresh-status.js';
import { streamAnswers } from './stream-answers.js';
import { walkResults } from './walk-results.js';

// Every page works without this; what is added here needs keys, or saves reading a page again.
document.documentElement.classList.add('scripted');
followDirection();
walkResults();
streamAnswers();
refreshStatus();
