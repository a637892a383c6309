"""The words by which the writing aid knows a judgement from an observation. English, lower case, one meaning each."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A judgement of quality: two readers may agree on it without having heard the same thing.
VAGUE = _words("""
    good great excellent outstanding exceptional superior superb strong solid impressive remarkable amazing
    poor bad weak terrible awful lacking insufficient inadequate mediocre average fair decent okay ok acceptable
    adequate adequately sufficient sufficiently satisfactory reasonable reasonably limited minimal basic moderate
    appropriate appropriately proper properly suitable suitably effective effectively efficient efficiently
    clear clearly unclear unclearly concise concisely articulate articulately coherent coherently logical logically
    structured confusing confusingly vague vaguely fluent fluently convincing convincingly
    deep deeply shallow superficial superficially thorough thoroughly comprehensive comprehensively detailed profound
    competent competently proficient expert skilled skilful professional professionally polished insightful
    quality meaningful meaningfully interesting creative creatively innovative relevant successfully nicely badly
    poorly strongly weakly greatly nice perfect fine advanced mature
    expected expectations satisfies unsatisfactory better best worse worst well accurate accurately complete incomplete
    precise imprecise sound judgement judgment struggles struggle depth breadth clarity rigour rigor substance nuance
    sensible sensibly correctly convinced persuasive rich robust minor major
""")
# What goes on in a head: it can be inferred, not heard.
INWARD = _words("""
    understands understand understood understanding knows know knowledge knowledgeable grasp grasps comprehends
    comprehension appreciates aware awareness familiar familiarity mastery masters ability able capable capability
    competence proficiency skill skills expertise insight insights
""")
# How much, without anything that could be counted.
DEGREE = _words("""
    very really quite rather fairly pretty somewhat slightly mostly partly partially fully completely entirely totally
    highly extremely exceptionally largely generally usually often sometimes occasionally rarely seldom frequently
    more most less least much many few fewer several some little lot lots great deal almost nearly mainly mainly
    considerably significantly absolutely perfectly deeply barely hardly consistently a bit all any
""")
ABSOLUTE = _words("always flawless flawlessly perfectly faultless faultlessly invariably")
# Verbs that name no act a listener could point to.
EMPTY_VERBS = _words("""
    has have having had is are was were be being been shows show showing shown demonstrates demonstrate demonstrating
    displays display exhibits exhibit possesses possess meets meet exceeds exceed fails fail lacks lack performs perform
    does do did gets get makes make seems seem appears appear handles handle deals deal can could may
    gives give giving provides provide explains explain explaining answers answer answering answered describes describe
    discusses discuss communicates communicate talks talk speaks speak presents present addresses address responds
    respond delivers deliver expresses express covers cover applies apply uses use
""")
# Things every answer is about: naming them says nothing of this one.
EMPTY_NOUNS = _words("""
    answer answers question questions response responses topic topics subject subjects concept concepts matter area
    areas field fields idea ideas point points problem problems task tasks material content theory theories level
    levels requirement requirements role job work experience background standard standards way manner overall
    candidate candidates interviewee person principle principles fundamentals basics aspect aspects thing things
    terms details detail domain communication explanation explanations performance solution solutions thinking
    technical approach tools example examples bar main issue issues attempt attempts
""")
# Acts that a listener can point to, whoever listens.
ACTS = _words("""
    names name naming lists list lists asks ask asked states state stated says say said tells quotes quote counts count
    draws draw writes write sketches compares compare chooses choose picks pick weighs rejects measures measure
    calculates computes checks check tests test repeats repeat admits admit corrects correct withdraws revises revise
    traces trace separates separate breaks orders order mentions mention gives reports report proposes propose
    suggests cites cite defines define opens opens ends stops turns holds keeps points offers offer interrupts
    blames guesses invents retells links sizes sets derives estimates predicts rephrases paraphrases summarises
    summarizes walks identifies raises refuses declines skips omits leaves confuses contradicts returns changes uses
    replaces distinguishes ranks plots sums reads runs adds removes swaps splits needs assumes points waits finds
    told given named drawn written
    describes explains illustrates outlines claims concludes limits notes spots recalls recites starts begins
""")
# Traits: they belong to a person, not to an answer.
TRAITS = _words("""
    smart intelligent clever bright brilliant talented gifted motivated unmotivated passionate enthusiastic confident
    unconfident shy nervous arrogant humble lazy energetic friendly likeable likable charismatic mature immature
    ambitious hardworking hard-working charming personable outgoing introverted extroverted honest dishonest
    trustworthy reliable proactive positive negative curious keen eager engaged driven dynamic bubbly modest cocky
    senior junior sharp quick-witted dedicated committed pleasant polite rude calm assertive self-assured dull slow
    experienced inexperienced qualified knowledgeable
""")
TRAIT_NOUNS = _words("""
    confidence motivation passion enthusiasm drive ambition intelligence personality charisma attitude energy maturity
    potential presence gravitas temperament mindset talent charm leadership curiosity initiative
""")
PERSONS = _words("candidate interviewee applicant communicator listener thinker")
ANYBODY = _words("person individual speaker engineer developer programmer analyst scientist leader")
# Small words that carry no content of their own.
SMALL = _words("""
    a an the of in on at to for from by with about into over under as and or but so than then that this these those
    it its their they them he she his her who whom which what where when while if there here both each other one's
    own also just only even still such above below every our us we i is are was were be been being not
""") - {"not"}
# A difference in one of these is a difference one can hear.
CONTRASTS = _words("""
    no not none nothing never without cannot neither nor one two three four five six seven once twice first second
    another further unasked asked unprompted prompted before after wrong right correct incorrect own
    zero half both additional
""")
