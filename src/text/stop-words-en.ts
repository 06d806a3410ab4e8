/** English words that say how others belong together and nothing of what a text is about. Contractions with apostrophe. */
const WORDS = `
a an the this that these those
i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself
we us our ours ourselves they them their theirs themselves
who whom whose which what when where why how whether
am is are was were be been being do does did doing done have has had having
will would shall should can could may might must ought
and or but nor so yet if then else than because as while until unless although though since
of in on at by for with from to into onto upon about against between among through during before after above below
over under again further up down out off within without toward towards via per
not no nor only own same too very just also there here
all any both each few more most other another some such every either neither
i'm you're he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd we'd they'd
i'll you'll he'll she'll we'll they'll isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't
won't wouldn't shan't shouldn't can't cannot couldn't mustn't that's what's who's there's here's where's when's let's
im ive youre youve theyre theyve isnt arent wasnt werent dont doesnt didnt havent hasnt hadnt wouldnt shouldnt couldnt
`;

export const ENGLISH_STOP_WORDS: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter(Boolean));

/** Written so, these are no stop words: the United States, the World Health Organization, information technology. */
export const NAMES_IN_CAPITALS: ReadonlySet<string> = new Set(['US', 'WHO', 'IT']);
