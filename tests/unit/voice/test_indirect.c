#include "voice_test.h"

static void test_indirect__clauses_behind_the_verb(void **state)
{
    static const example e[] = {
        {"The company said that it would close two plants.",
         "The company said (company|that it would close two plants)."},
        {"Officials said the bridge had passed.", "Officials said (Officials|the bridge had passed)."},
        {"Helen Marsh told lawmakers that the backlog had fallen.",
         "Helen Marsh told lawmakers (Helen Marsh|that the backlog had fallen)."},
        {"Helen Marsh told lawmakers the backlog had fallen.",
         "Helen Marsh told lawmakers (Helen Marsh|the backlog had fallen)."},
        {"The committee announced Thursday that hearings would resume.",
         "The committee announced Thursday (committee|that hearings would resume)."},
        {"Reporters asked whether the treasurer had known.",
         "Reporters asked (Reporters|whether the treasurer had known)."},
        {"The senator vowed to block every nominee.", "The senator vowed (senator|to block every nominee)."},
        {"Three detainees reported being denied medicine.",
         "Three detainees reported (Three detainees|being denied medicine)."},
    };
    CHECK(*state, e);
}

static void test_indirect__content_before_the_verb(void **state)
{
    static const example e[] = {
        {"The suspect fled on foot, police said.", "(police|The suspect fled on foot), police said."},
        {"Arrests were down 10%, Helen Marsh told the panel.",
         "(Helen Marsh|Arrests were down 10%), Helen Marsh told the panel."},
        {"The plan, officials said, would cost $3 million a year.",
         "(officials|The plan), officials said, (officials|would cost $3 million a year)."},
    };
    CHECK(*state, e);
}

static void test_indirect__asides_and_inversion(void **state)
{
    static const example e[] = {
        {"As the governor noted, the state is in debt.", "As the governor noted, (governor|the state is in debt)."},
        {"The plan, as the auditor noted, was never funded.",
         "(auditor|The plan), as the auditor noted, (auditor|was never funded)."},
        {"Burials rose, with nine a day, said agency spokesman Jason Kersten.",
         "(Jason Kersten, agency spokesman|Burials rose, with nine a day), said agency spokesman Jason Kersten."},
        {"DAYTON, Ohio — The city will close its pool, Mayor Ellen Marsh said.",
         "DAYTON, Ohio — (Ellen Marsh, Mayor|The city will close its pool), Mayor Ellen Marsh said."},
        {"Police in Leeds said on Monday they had arrested two men.",
         "Police in Leeds said on Monday (Police in Leeds|they had arrested two men)."},
    };
    CHECK(*state, e);
}

static void test_indirect__subjects_over_appositions(void **state)
{
    static const example e[] = {
        {"Charles Simpson, program administrator for the town, said it was false.",
         "Charles Simpson, program administrator for the town, said (Charles Simpson|it was false)."},
        {"Committee chair Lou Barnes, D-Ohio, said the vote will stand.",
         "Committee chair Lou Barnes, D-Ohio, said (Lou Barnes, Committee chair|the vote will stand)."},
        {"The people who wrote the rules say nothing is lost.",
         "The people who wrote the rules say (people|nothing is lost)."},
        {"The rebels claimed victory, a boast the army said was false.",
         "The rebels claimed victory, a boast the army said (army|was false)."},
    };
    CHECK(*state, e);
}

static void test_indirect__own_clause_only(void **state)
{
    static const example e[] = {
        {"Rents rose again in May, but landlords say they barely cover their costs.",
         "Rents rose again in May, but landlords say (landlords|they barely cover their costs)."},
        {"Landlords say they barely cover their costs, but rents rose again.",
         "Landlords say (Landlords|they barely cover their costs), but rents rose again."},
        {"Supporters argue that the law saves lives, while opponents insist it punishes owners.",
         "Supporters argue (Supporters|that the law saves lives), while opponents insist (opponents|it punishes "
         "owners)."},
        {"Although the governor claims the budget is balanced, the auditor has not signed it.",
         "Although the governor claims (governor|the budget is balanced), the auditor has not signed it."},
    };
    CHECK(*state, e);
}

static void test_indirect__according_to(void **state)
{
    static const example e[] = {
        {"Nearly half was never spent, according to a report by the auditor.",
         "(report|Nearly half was never spent), according to a report by the auditor."},
        {"According to the Census Bureau, the county lost 4,000 residents.",
         "According to the Census Bureau, (Census Bureau|the county lost 4,000 residents)."},
        {"Crime dropped sharply in 2025, according to new data reviewed by Axios.",
         "(new data|Crime dropped sharply in 2025), according to new data reviewed by Axios."},
    };
    CHECK(*state, e);
}

static void test_indirect__reported_cause_holds_its_verb(void **state)
{
    static const example e[] = {
        {"The governor credited the new policy for the decline.",
         "The governor (governor|credited the new policy for the decline)."},
        {"Truckers blame the tariff for higher bills.", "Truckers (Truckers|blame the tariff for higher bills)."},
        {"Officials have been outspoken in tying the raids to lower crime.",
         "Officials have been outspoken in (Officials|tying the raids to lower crime)."},
        {"Experts aren’t sure why crime fell.", "Experts (Experts|aren’t sure why crime fell)."},
    };
    CHECK(*state, e);
}

static void test_indirect__other_frames(void **state)
{
    static const example e[] = {
        {"Rep. Aaron Feld walked out, accusing the chairman of hiding the figures.",
         "Rep. Aaron Feld walked out, accusing (Aaron Feld, Rep.|the chairman of hiding the figures)."},
        {"She resigned over what she described as a campaign of harassment.",
         "She resigned over what she described as (-|a campaign of harassment)."},
        {"The judge threw out the claim that the ballots were altered.",
         "The judge threw out the claim (-|that the ballots were altered)."},
        {"The ruling rejects Hale’s argument that the fee is a tax.",
         "The ruling rejects Hale’s argument (Hale|that the fee is a tax)."},
        {"The deal is said to be worth $40 million.", "The deal is said (-|to be worth $40 million)."},
        {"The contractor denied falsifying the records.", "The contractor denied (contractor|falsifying the records)."},
    };
    CHECK(*state, e);
}

static void test_indirect__nouns_are_no_attribution(void **state)
{
    static const example e[] = {
        {"The tax plan passed on Tuesday.", "The tax plan passed on Tuesday."},
        {"The report runs to 90 pages.", "The report runs to 90 pages."},
        {"Protests erupted and spread across the country.", "Protests erupted and spread across the country."},
    };
    CHECK(*state, e);
}

static void test_indirect__will_and_topic(void **state)
{
    static const example e[] = {
        {"Residents want the state to buy the land.", "Residents want (Residents|the state to buy the land)."},
        {"The board decided to close two clinics.", "The board decided (board|to close two clinics)."},
        {"One teacher asked not to be named.", "One teacher asked (One teacher|not to be named)."},
        {"The minister declined through a spokesman to say more.",
         "The minister declined through a spokesman (minister|to say more)."},
        {"The union is eager to settle.", "The union (union|is eager to settle)."},
        {"Riders complained about the heat.", "Riders complained (Riders|about the heat)."},
        {"The panel reviewed allegations of fraud at two banks.",
         "The panel reviewed allegations (-|of fraud at two banks)."},
        {"Ann Poe’s plan to freeze the rent pleased nobody.",
         "Ann Poe’s plan (Ann Poe|to freeze the rent) pleased nobody."},
        {"They honored Ann Poe and Bob Roe’s request to cut the tax.",
         "They honored Ann Poe and Bob Roe’s request (Ann Poe and Bob Roe|to cut the tax)."},
        {"Nothing keeps us from carrying out the mayor and the union’s plan to freeze the rent.",
         "Nothing keeps us from carrying out the mayor and the union’s plan (mayor and the union|to freeze the rent)."},
        {"Nothing keeps us from the people’s mandate to freeze the rent.", "Nothing keeps us from the people’s mandate to freeze the rent."},
        {"The plan to freeze the rent was dropped.", "The plan to freeze the rent was dropped."},
        {"There is no doubt about the winner.", "There is no doubt about the winner."},
        {"Safety is a concern of the miners.", "Safety is a concern of the miners."},
        {"They closed the road in order to fix it.", "They closed the road in order to fix it."},
    };
    CHECK(*state, e);
}

static void test_indirect__content_ends_with_its_clause(void **state)
{
    static const example e[] = {
        {"Experts are not sure why, and the records are gone.", "Experts (Experts|are not sure why), and the records are gone."},
        {"The court asked how, and the lawyer had no answer.", "The court asked (court|how), and the lawyer had no answer."},
        {"Aides who did not wish to be named said it was over.",
         "Aides who did not wish (Aides|to be named) said (Aides|it was over)."},
        {"The plan, which critics say would fail, is dead.",
         "The plan, which critics say (critics|would fail), is dead."},
        {"Lowe said that in hindsight, he would have waited.",
         "Lowe said (Lowe|that in hindsight, he would have waited)."},
        {"The firm said that, in such cold, pipes burst.", "The firm said (firm|that, in such cold, pipes burst)."},
        {"The chancellor said, after the crash, that cuts would follow.",
         "The chancellor said, after the crash, (chancellor|that cuts would follow)."},
        {"Reed called the clerk a thief and hung up.", "Reed called the clerk (Reed|a thief) and hung up."},
        {"Bowen said after the tape became public that he had joked.",
         "Bowen said after the tape became public (Bowen|that he had joked)."},
        {"In one village, a well dug for 30 families ran dry, the paper reported.",
         "(paper|In one village, a well dug for 30 families ran dry), the paper reported."},
        {"As the charges were read, Ames testified before a panel.",
         "As the charges were read, Ames testified before a panel."},
        {"The memo, which she disclosed in a talk that ran on Sunday, was sealed.",
         "The memo, which she disclosed in a talk that ran on Sunday, was sealed."},
    };
    CHECK(*state, e);
}

static void test_indirect__subjects_of_participles(void **state)
{
    static const example e[] = {
        {"When Ann Poe asked why, Jo Fox declined, saying he was tired.",
         "When Ann Poe asked (Ann Poe|why), Jo Fox declined, saying (Jo Fox|he was tired)."},
        {"A spokeswoman, Jo Fox, dismissed the report, saying it was old.",
         "A spokeswoman, Jo Fox, dismissed the report, saying (Jo Fox|it was old)."},
        {"It came from Senator Jeff Marsh of Reno, who called it a disgrace.",
         "It came from Senator Jeff Marsh of Reno, who called it (Jeff Marsh, Senator|a disgrace)."},
        {"The paper, citing a friend of his, said it was late.",
         "The paper, citing (paper|a friend of his), said (paper|it was late)."},
        {"Drake attacked Storm for admitting that he lied.",
         "Drake attacked Storm for admitting (Storm|that he lied)."},
        {"The policemen wrote slogans on buses demanding that he leave.",
         "The policemen wrote slogans on buses demanding (policemen|that he leave)."},
        {"RENO – Two guards were charged Tuesday, stating they had made every round.",
         "RENO – Two guards were charged Tuesday, stating (Two guards|they had made every round)."},
        {"It was the most telling contradiction of all.", "It was the most telling contradiction of all."},
    };
    CHECK(*state, e);
}

static void test_indirect__the_cue_stands_outside(void **state)
{
    bench *b = *state;
    bench_analyze(b, "McLaughlin insists the drop is small.");
    assert_null(fsc_voices_at(&b->voices, 1));
    assert_int_equal(fsc_voices_at(&b->voices, 3)->voice, FSC_VOICE_INDIRECT);
    assert_int_equal(fsc_voices_introduced(&b->voices, 0, 2), 0);
    assert_int_equal(fsc_voices_introduced(&b->voices, 2, 6), FSC_NONE);
    assert_int_equal(b->voices.speech[0].cue.start, 11);
    assert_int_equal(b->voices.speech[0].cue.end, 18);
    bench_analyze(b, "The governor credited the new policy for the decline.");
    assert_int_equal(fsc_voices_at(&b->voices, 2)->voice, FSC_VOICE_INDIRECT);
}

// A content has a bound when nothing ends it.
static void test_indirect__long_contents(void **state)
{
    bench *b = *state;
    char text[4096] = "Ann Poe said that";
    for (unsigned i = 0; i < 300; i++)
        strcat(text, " cats purr");
    bench_analyze(b, text);
    assert_int_equal(b->voices.speech_count, 1);
    assert_int_equal(b->voices.speech[0].end_word - b->voices.speech[0].first_word, 161);
}

static void test_indirect__the_outer_verb_ends_a_content(void **state)
{
    static const example e[] = {
        {"Officials who fear the new plan of the mayor of the town near the port told us it is over.",
         "Officials who fear (Officials|the new plan of the mayor of the town near the port) told us (Officials|it is over)."},
        {"People who believe the plan failed say it is over.", "People who believe (People|the plan failed) say (People|it is over)."},
        {"Officials said the plan had failed badly according to a memo.",
         "(memo|Officials said (Officials|the plan had failed badly) according to a memo)."},
    };
    CHECK(*state, e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_indirect__clauses_behind_the_verb),
        cmocka_unit_test(test_indirect__content_before_the_verb),
        cmocka_unit_test(test_indirect__asides_and_inversion),
        cmocka_unit_test(test_indirect__subjects_over_appositions),
        cmocka_unit_test(test_indirect__own_clause_only),
        cmocka_unit_test(test_indirect__according_to),
        cmocka_unit_test(test_indirect__reported_cause_holds_its_verb),
        cmocka_unit_test(test_indirect__other_frames),
        cmocka_unit_test(test_indirect__nouns_are_no_attribution),
        cmocka_unit_test(test_indirect__will_and_topic),
        cmocka_unit_test(test_indirect__content_ends_with_its_clause),
        cmocka_unit_test(test_indirect__subjects_of_participles),
        cmocka_unit_test(test_indirect__the_cue_stands_outside),
        cmocka_unit_test(test_indirect__long_contents),
        cmocka_unit_test(test_indirect__the_outer_verb_ends_a_content),
    };
    return cmocka_run_group_tests(tests, bench_setup, bench_teardown);
}
