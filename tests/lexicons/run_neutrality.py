#!/usr/bin/env python3
"""Holds the lexicons to neutrality: sentences with the two camps swapped must have the same scores.

usage: run_neutrality.py PROG [--lexicon-dir DIR]

Every template is filled with the two sides of every pair that fits it. For both fillings the scores of all
dimensions must agree: number of scored cues, sum of weights, by pole. Then the entries tied by pair= are read from
the lexicons: equal weights within a label. Output is TAP; exit status 1 when one fails. Python 3, standard library only.
"""
import collections
import glob
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# kind of slot: pairs of its two sides
PAIRS = {
    'party': [('Democrats', 'Republicans'), ('Republicans', 'Democrats')],
    'member': [('Democrat', 'Republican')],
    'person': [('Trump', 'Biden'), ('Harris', 'Vance'), ('Obama', 'Bush'), ('Sanders', 'Cruz')],
    'camp': [('liberals', 'conservatives'), ('left-wing groups', 'right-wing groups'), ('the left', 'the right')],
    'extreme': [('radical left', 'radical right'), ('far left', 'far right'), ('hard left', 'hard right'),
                ('far-left', 'far-right'), ('extreme left', 'extreme right')],
    'extremists': [('left-wing extremists', 'right-wing extremists'), ('far-left zealots', 'far-right zealots'),
                   ('communists', 'fascists'), ('RINOs', 'DINOs'), ('Trump judges', 'Obama judges'),
                   ('libtards', 'wingnuts')],
    'advocate': [('pro-life', 'pro-choice'), ('anti-abortion', 'abortion-rights')],
    'gun': [('gun control', 'gun rights'), ('gun control', 'gun safety')],
    'migrant': [('illegal aliens', 'undocumented immigrants'), ('illegal immigrants', 'unauthorized immigrants')],
    'climate': [('climate activists', 'climate deniers'), ('climate alarmists', 'climate deniers')],
    'nation': [('Russia', 'Ukraine'), ('Israel', 'Iran'), ('China', 'Taiwan'), ('France', 'Germany'), ('Hungary', 'Turkey'),
               ('India', 'Pakistan')],
    'faith': [('Muslims', 'Christians'), ('Christians', 'Hindus'), ('Jews', 'Sikhs'), ('evangelicals', 'atheists'),
              ('Mormons', 'Buddhists')],
    'news': [('liberal outlets', 'conservative outlets')],
    'labor': [('unions', 'employers')],
    'loaded': [('RINO', 'DINO'), ('a MAGA zealot', 'a woke zealot'), ('a libtard', 'a wingnut')],
    'faction': [('Tories', 'Labour'), ('leftists', 'rightists'), ('progressives', 'conservatives'), ('hawks', 'doves'),
                ('libertarians', 'centrists'), ('the left', 'the right')],
    'tongue': [('undocumented workers', 'illegal workers'), ('asylum seekers', 'economic migrants')],
    'abortion': [('fetus', 'unborn child'), ('abortion-rights', 'anti-abortion')],
    'health': [('Obamacare', 'the Affordable Care Act'), ('single-payer', 'socialized medicine')],
    'police': [('police officers', 'cops'), ('law enforcement', 'the police')],
    'war': [('Israelis', 'Palestinians'), ('Russians', 'Ukrainians'), ('Serbs', 'Croats'), ('Indians', 'Pakistanis')],
    'team': [('Arsenal', 'Chelsea'), ('the Yankees', 'the Red Sox')],
    'firm': [('Google', 'Microsoft'), ('Tesla', 'Toyota')],
    'sex': [('men', 'women')],
    'race': [('Black residents', 'white residents'), ('Asian voters', 'Latino voters'), ('Native voters', 'Arab voters')],
    'class': [('the rich', 'the poor'), ('landlords', 'tenants')],
    'region': [('rural towns', 'cities'), ('northerners', 'southerners')],
    'tax': [('estate tax', 'death tax')],
}

TEMPLATES = [
    ('party', '{} slammed the bill as a shameful giveaway to the rich.'),
    ('party', '{} are gaining ground in the suburbs, nearly six polls show.'),
    ('party', 'Critics say {} caved to extremists and betrayed their voters.'),
    ('party', '{} suffered a crushing defeat, their worst on record.'),
    ('party', '{} failed to stop the surge in prices, which soared again.'),
    ('party', 'Just 12 percent of {} trust the agency.'),
    ('party', 'The vote was a stunning victory for {}.'),
    ('party', '{} spread baseless claims about the election.'),
    ('party', 'The plan by {} would gut health care for millions of people.'),
    ('party', '{} accused the court of a power grab.'),
    ('member', 'The {} senator mocked her critics in a fiery speech.'),
    ('member', 'A {} judge struck down the ban in a scathing ruling.'),
    ('member', 'The {} mayor was indicted on fraud charges.'),
    ('member', 'One {} lawmaker called the raid barbaric.'),
    ('person', '{} lied about the size of the crowd, the column said.'),
    ('person', 'Under {}, crime plunged to a ten-year low.'),
    ('person', '{} is a threat to democracy, the ad says.'),
    ('person', 'Supporters hailed {} as a hero; foes called him a fascist.'),
    ('person', '{} is the most corrupt president in history, he claimed.'),
    ('person', 'The scandal could cripple {} for years.'),
    ('person', '{} defended the deal as fair and compassionate.'),
    ('camp', '{} are furious about the verdict.'),
    ('camp', 'Anger among {} exploded after the leak.'),
    ('camp', 'The movement of {} is driven by hate, she wrote.'),
    ('camp', 'Donors to {} gave a staggering $40 million.'),
    ('extreme', 'The {} wants to destroy our country, he said.'),
    ('extreme', 'Voters rejected the {} by only two points.'),
    ('extreme', 'A mob from the {} stormed the hall.'),
    ('extremists', '{} clashed with police outside the court.'),
    ('extremists', 'The party is run by {}, the host ranted.'),
    ('extremists', 'It is a movement of {} and cowards.'),
    ('advocate', 'The {} group held a peaceful march.'),
    ('advocate', 'A leader of the {} movement was booed.'),
    ('advocate', 'Radical {} activists vandalized the office.'),
    ('gun', 'The {} bill drew a fierce backlash.'),
    ('gun', 'Support for {} jumped sharply after the ruling.'),
    ('migrant', 'The city housed 400 {} in hotels.'),
    ('migrant', 'The order concerns {} who came as children.'),
    ('migrant', 'A surge of {} overwhelmed the shelter.'),
    ('tax', 'The {} brought in roughly $30 billion.'),
    ('tax', 'They want to slash the {}.'),
    ('climate', '{} disrupted the hearing.'),
    ('climate', 'The minister mocked {} as hysterical.'),
    ('nation', 'Troops from {} committed atrocities, the report found.'),
    ('nation', '{} launched a brutal attack on the port.'),
    ('nation', 'The regime in {} crushed dissent.'),
    ('nation', 'Exports to {} have collapsed.'),
    ('faith', 'The law discriminates against {}.'),
    ('faith', 'Vandals terrorized {} in three towns.'),
    ('faith', '{} gathered to pray for peace.'),
    ('news', '{} peddled misleading stories about the vaccine.'),
    ('news', 'Trust in {} plummeted.'),
    ('labor', 'Talks between the state and {} broke down in bitter recriminations.'),
    # second half: one template a line of wording, all topics
    ('party', '{} insist, without evidence, that the count was rigged.'),
    ('party', 'Voters blame {} for the soaring cost of bread.'),
    ('party', 'Economists credit {} with the sharp drop in unemployment.'),
    ('party', 'Despite the backlash, {} doubled down on the cuts.'),
    ('party', 'The hearing was a sham, {} claimed.'),
    ('party', 'Some say {} may lose the House by a landslide.'),
    ('party', 'A flood of dark money helped {}.'),
    ('party', '{} were accused of cruelty toward migrants.'),
    ('party', 'Why would anyone trust {}?'),
    ('party', '{} blocked the vaccine bill again, and thousands died.'),
    ('member', 'A {} governor vetoed the climate bill, calling it a job-killing disaster.'),
    ('member', 'The {} nominee dodged questions about the war.'),
    ('member', 'Prosecutors say the {} treasurer stole from the fund.'),
    ('member', 'A {} commentator spewed hate on the air.'),
    ('member', 'The {} congresswoman was hailed as a courageous reformer.'),
    ('person', '{} attacked the press as the enemy of the people.'),
    ('person', 'Thanks to {}, wages rose for the first time in a decade.'),
    ('person', 'Prices exploded under {}.'),
    ('person', '{} caved to the mob, the host sneered.'),
    ('person', 'A judge ruled that {} broke the law.'),
    ('person', '{} only won by 2 percent.'),
    ('person', 'The campaign of {} is in disarray.'),
    ('person', 'Cowards like {} have ruined the party.'),
    ('camp', 'Extremists among {} stormed the library.'),
    ('camp', 'It is time for {} to stop the lies, the editor wrote.'),
    ('camp', 'Judges appointed by {} gutted the law.'),
    ('camp', 'Teachers fear the rage of {}.'),
    ('camp', 'The channel panders to {}.'),
    ('extreme', 'Critics warn that the {} is gaining ground.'),
    ('extreme', 'She blames the {} for the riots.'),
    ('extremists', 'Police arrested {} after the march.'),
    ('extremists', 'Do not let {} ruin our schools, the flyer said.'),
    ('advocate', 'The {} lobby spent a record sum.'),
    ('advocate', 'Vandals attacked a {} office.'),
    ('loaded', 'The host called her {}.'),
    ('loaded', 'He was mocked as {} by his own party.'),
    ('faction', 'Furious {} walked out.'),
    ('faction', 'The deal is a betrayal, said {}.'),
    ('faction', 'A purge of {} followed the defeat.'),
    ('gun', 'Students marched for {}.'),
    ('tongue', 'A wave of {} reached the coast.'),
    ('tongue', 'The plan would send {} home.'),
    ('abortion', 'The ruling concerns the {}.'),
    ('gun', 'A radical {} bill passed.'),
    ('health', 'The court upheld {}.'),
    ('health', 'Support for {} collapsed.'),
    ('police', 'A mob attacked {}.'),
    ('police', 'The mayor praised {} for their courage.'),
    ('war', '{} were killed in the strike.'),
    ('war', 'Brutal reprisals against {} went on all night.'),
    ('war', 'Aid reached {} at last.'),
    ('team', '{} crushed their rivals in a stunning final.'),
    ('team', 'The referee robbed {}, fans raged.'),
    ('firm', 'Shares of {} plunged after the leak.'),
    ('firm', '{} peddles snake oil, the critic wrote.'),
    ('sex', 'The rule treats {} unfairly.'),
    ('sex', 'Only 9 percent of {} apply.'),
    ('race', 'The map dilutes the votes of {}.'),
    ('race', '{} are being terrorized by gangs.'),
    ('class', 'The budget is an assault on {}.'),
    ('class', 'Anger at {} erupted.'),
    ('region', 'The elites despise {}, he wrote.'),
    ('region', 'The storm devastated {}.'),
    ('tax', 'Lobbyists rammed through {} for yachts.'),
    ('climate', 'The op-ed smeared {} as frauds.'),
    ('nation', 'Hackers from {} caused the outage, officials suspect.'),
    ('nation', 'The sanctions crippled {}.'),
    ('faith', 'A preacher spread hatred of {}.'),
    ('faith', 'Extremist {} burned the shop.'),
    ('news', 'The hysteria of {} is shameful, he said.'),
    ('labor', '{} are to blame for the chaos at the ports.'),
]


def stop(message):
    print(f'Bail out! {message}')
    sys.exit(2)


def scores(program, options, sentences):
    data = ''.join(json.dumps({'id': str(k), 'text': s}) + '\n' for k, s in enumerate(sentences))
    command = [program, 'annotate', '--from', 'jsonl', '--text-only', '--format', 'jsonl', *options, '-']
    run = subprocess.run(command, input=data.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if run.returncode != 0:
        stop(run.stderr.decode('utf-8', 'replace')[:400])
    for line in run.stdout.decode('utf-8').splitlines():
        d = json.loads(line)
        yield {name: (s['n'], round(sum(c['weight'] for c in d['cues'] if c['scored'] and c['dimension'] == name), 3),
                      s.get('pos'), s.get('neg')) for name, s in d['scores'].items()}, d['cues']


def read_entries():
    """Lexicon, pattern, category, weight, options of each entry."""
    for path in sorted(glob.glob(os.path.join(ROOT, 'lexicons', '*', '*.tsv'))):
        with open(path, encoding='utf-8') as f:
            for line in f:
                cell = line.rstrip('\n').split('\t')
                if not line.startswith('#') and cell[0] != 'pattern' and len(cell) > 2:
                    options = [o.strip() for o in (cell[3] if len(cell) > 3 else '').split(';')]
                    yield os.path.basename(path), cell[0], cell[1], cell[2], options


def uneven_pairs():
    """What is wrong with the entries of two camps: unequal weight or scope within a label, a label of one entry, a referent with one
    variant, a variant that scores."""
    pair, variants, wrong = collections.defaultdict(list), collections.defaultdict(set), []
    for name, pattern, category, weight, options in read_entries():
        for option in options:
            if option.startswith('pair='):
                pair[name, option].append((weight, 'names' in options, any(o.startswith(('target=', 'predicate')) for o in options)))
        if name == 'labeling.tsv' and '.' in category:
            referent, variant = category.split('.', 1)
            variants[referent].add(variant)
            if float(weight):
                wrong.append(f'{pattern}: a variant of {referent} with weight {weight}')
    wrong += [f'{name} {label}: {len(set(v))} weights and scopes' for (name, label), v in pair.items() if len(set(v)) > 1]
    wrong += [f'{name} {label}: stands alone' for (name, label), v in pair.items() if len(v) == 1]
    wrong += [f'{referent} has one variant only' for referent, v in variants.items() if len(v) == 1]
    return wrong, len(pair), len(variants)


def main(argv):
    if not argv:
        sys.exit(__doc__)
    program, options = argv[0], argv[1:]
    assert len(TEMPLATES) >= 100 and {kind for kind, _ in TEMPLATES} == set(PAIRS)
    tests = [(kind, text, pair) for kind, text in TEMPLATES for pair in PAIRS[kind]]
    sentences = [text.format(side)[0].upper() + text.format(side)[1:] for _, text, pair in tests for side in pair]
    found = list(scores(program, options, sentences))
    if len(found) != len(sentences):
        stop(f'{len(found)} documents out for {len(sentences)} in')
    print(f'1..{len(tests) + 1}')
    failed = 0
    for k in range(len(tests)):
        (a, cues_a), (b, cues_b) = found[2 * k], found[2 * k + 1]
        same = a == b
        failed += not same
        print(f'{"ok" if same else "not ok"} {k + 1} - {sentences[2 * k]} / {tests[k][2][1]}')
        if not same:
            for name in a:
                if a[name] != b[name]:
                    show = lambda cues: ', '.join(f'{c["text"]} {c["weight"]}' for c in cues if c['dimension'] == name and c['scored'])
                    print(f'# {name}: [{show(cues_a)}] against [{show(cues_b)}]')
    wrong, pairs, referents = uneven_pairs()
    failed += bool(wrong)
    print(f'{"not ok" if wrong else "ok"} {len(tests) + 1} - equal weight and scope in {pairs} pairs, both camps in {referents} contrast sets')
    for line in wrong:
        print(f'# {line}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
