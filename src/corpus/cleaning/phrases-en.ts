import { type PhraseBook, phraseList } from './phrase-book.js';

/** Lines that English sites print around articles. Case, counts and symbols around them do not matter. */
export const ENGLISH_PHRASES: PhraseBook = {
  menu: phraseList(`
    close | close menu | menu | main menu | home page | homepage | skip to content |
    skip to main content | skip to navigation | toggle navigation | toggle menu | search this site |
    search for | log in | login | sign in | sign out | register | create account | my account |
    forgot password | forgot your password | about us | contact us | advertise | advertise with us |
    careers | privacy policy | terms of use | terms of service | terms and conditions |
    terms & conditions | cookie policy | cookie notice | cookie settings | accept | accept all |
    accept cookies | accept all cookies | reject all | manage cookies | manage preferences |
    got it | i agree | all rights reserved | sitemap | site map | back to top | scroll to top |
    go to top | top | return to top | read more | read full story | read the full story |
    continue reading | learn more | load more | show more | see more | see all | view all | more |
    next article | previous article | next post | previous post | next page | previous page |
    print | print this | print article | save | save article | bookmark | advertisement |
    advertisements | ad | ads | sponsored | sponsored content | paid content | promoted |
    story continues below | story continues below advertisement | article continues below |
    article continues below advertisement | continue reading below |
    continue reading the main story | breaking news | latest news | top stories | more news |
    other news | dark mode | light mode | listen to this article | listen | text size | loading |
    please wait | watch live | live | min read | minute read | minutes read | views | poll | vote |
    enable notifications | notifications | e-paper | epaper | image gallery | view gallery |
    view comments | hide comments | tags | filed under
  `),
  share: phraseList(`
    share | share this | share this article | share this story | share this post | share article |
    share on facebook | share on twitter | share on x | share on whatsapp | share on linkedin |
    share on telegram | share on pinterest | share on reddit | share via email | share by email |
    share with friends | share it | shares | sharing | facebook | twitter | whatsapp | telegram |
    linkedin | instagram | youtube | pinterest | reddit | tumblr | messenger | tiktok | flipboard |
    rss | x (twitter) | tweet | pin it | email this | email | e-mail | copy link | copy url |
    link copied | copied | like | follow | follow us | follow us on | follow us on facebook |
    follow us on twitter | follow us on social media | follow us on google news | stay connected |
    connect with us | find us on facebook | like us on facebook | send to a friend
  `),
  subscribe: phraseList(`
    newsletter | newsletters | our newsletter | subscribe | subscribe now |
    subscribe to our newsletter | sign up | sign up now | sign up for our newsletter |
    join our newsletter | join us | get our newsletter | mailing list | join our mailing list |
    subscribe today | become a member | already a subscriber | support us | donate | stay informed
  `),
  form: phraseList(`
    name | your name | first name | last name | full name | email address | your email |
    your email address | enter your email | enter your email address | website | submit | send |
    send message | phone number | your message | password | username | remember me |
    i'm not a robot | required fields are marked | your email address will not be published |
    your email address will not be published. required fields are marked |
    save my name, email, and website in this browser for the next time i comment |
    notify me of follow-up comments by email | notify me of new posts by email |
    you must be logged in to post a comment | please log in to comment
  `),
  comments: phraseList(`
    comments | comment | leave a comment | leave a reply | leave a reply cancel reply |
    cancel reply | post a comment | post comment | add a comment | add comment | write a comment |
    no comments | no comments yet | comments are closed | comments closed | join the conversation |
    join the discussion | facebook comments | reader comments | be the first to comment | reply |
    have your say | show comments | load comments | what do you think
  `),
  related: phraseList(`
    related | related articles | related stories | related news | related posts | related content |
    related topics | related links | see also | read also | also read | read next | up next |
    more stories | more like this | more on this story | more on this topic |
    more from this author | more from author | you may also like | you might also like |
    you may like | recommended | recommended for you | recommended stories | most read |
    most popular | most viewed | trending | trending now | popular posts | popular now |
    recent posts | recent articles | don't miss | editor's picks | editors picks | editors' picks |
    similar articles | similar posts | from the web | around the web | latest stories |
    latest articles | what to read next
  `),
  byline: phraseList(`
    editor-in-chief | editor in chief | managing editor | chairman of the board | publisher |
    staff writer | staff reporter | by staff | by staff writer | by our correspondent |
    our correspondent | web desk | news desk | published | updated | last updated | posted |
    posted on | published on | about the author | author
  `),
  'source-line': phraseList(`
    agencies | source agencies | from agencies | with agencies
  `),
  caption: phraseList(`
    file photo | file image | file picture | stock photo | archive photo | courtesy photo |
    illustration | illustrative image | photo | getty images | enlarge image | image caption
  `),
};

/** Names of sections: menu lines in the company of other menu lines, headings in an article otherwise. */
export const ENGLISH_SECTION_NAMES: readonly string[] = phraseList(`
  home | news | world | world news | politics | business | economy | sport | sports | culture |
  arts | entertainment | technology | tech | science | health | lifestyle | opinion | opinions |
  editorial | features | video | videos | photos | pictures | gallery | podcast | podcasts | local |
  national | international | regional | middle east | africa | asia | europe | americas | uk | us |
  travel | food | style | fashion | weather | jobs | events | magazine | archive | archives |
  search | about | contact | help | next | previous | prev | topics | sections | more news |
  latest | blog | shop | privacy | terms | cookies | faq | money | markets | climate | environment |
  education
`);
