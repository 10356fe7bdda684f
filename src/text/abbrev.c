/*
 * abbrev: the tables of abbreviations and of sentence openers, in byte order.
 *
 * Grammar of English first, with what German, French, Spanish, Italian and Dutch news use most. A new entry goes to
 * its place in the order; a test checks it.
 */
#include "text/abbrev_p.h"

typedef struct abbrev_row {
    fsc_view form;
    uint8_t kind, needs;
} abbrev_row;

static const abbrev_row rows[] = {
    {FSC_LIT_INIT("a.d"), FSC_ABBREV_TIME, 0},
    {FSC_LIT_INIT("a.k.a"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("a.m"), FSC_ABBREV_TIME, 0},
    {FSC_LIT_INIT("abs"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("adm"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("aka"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("al"), FSC_ABBREV_LAST, FSC_NEEDS_LOWER},
    {FSC_LIT_INIT("ala"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("ald"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("alta"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("amb"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("app"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("approx"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("apr"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("ariz"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("ark"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("art"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("arts"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("assn"), FSC_ABBREV_LAST, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("assoc"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("asst"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("atty"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("aug"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("ave"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("b"), FSC_ABBREV_INNER, FSC_NEEDS_DIGIT | FSC_NEEDS_LOWER},
    {FSC_LIT_INIT("b.a"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("b.c"), FSC_ABBREV_TIME, 0},
    {FSC_LIT_INIT("b.c.e"), FSC_ABBREV_TIME, 0},
    {FSC_LIT_INIT("b.v"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("bd"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("bijv"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("blvd"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("brig"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("bros"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("bspw"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("bzw"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("c"), FSC_ABBREV_INNER, FSC_NEEDS_DIGIT | FSC_NEEDS_LOWER},
    {FSC_LIT_INIT("c.-à-d"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("c.e"), FSC_ABBREV_TIME, 0},
    {FSC_LIT_INIT("ca"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("calif"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("capt"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("cca"), FSC_ABBREV_INNER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("cdr"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("cf"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("ch"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("chap"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("cia"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("cmdr"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("co"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("col"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("colo"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("conn"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("corp"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("cpl"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("cía"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("d"), FSC_ABBREV_INNER, FSC_NEEDS_DIGIT | FSC_NEEDS_LOWER},
    {FSC_LIT_INIT("d.c"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("d.d.s"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("d.h"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("d.w.z"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("dds"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("dec"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("del"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("dep"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("dept"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("depts"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("det"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("dez"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("dhr"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("dipl"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("div"), FSC_ABBREV_INNER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("dott"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("dr"), FSC_ABBREV_TITLE, 0},
    {FSC_LIT_INIT("drs"), FSC_ABBREV_TITLE, 0},
    {FSC_LIT_INIT("e.g"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("e.u"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("ect"), FSC_ABBREV_END, 0},
    {FSC_LIT_INIT("ee.uu"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("env"), FSC_ABBREV_INNER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("eq"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("eqs"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("esp"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("esq"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("est"), FSC_ABBREV_INNER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("et.al"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("etc"), FSC_ABBREV_END, 0},
    {FSC_LIT_INIT("evtl"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("ex"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("excl"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("exkl"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("feb"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("febr"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("fig"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("figs"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("fl"), FSC_ABBREV_INNER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("fla"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("fr"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("fri"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("frl"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("ft"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("ga"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("geb"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("gen"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("gens"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("ges"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("gest"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("ggf"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("ggü"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("gmbh"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("gov"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("gov't"), FSC_ABBREV_LAST, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("govs"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("govt"), FSC_ABBREV_LAST, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("hft"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("hon"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("hr"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("hwy"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("i.d.r"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("i.e"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("i.v.m"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("ia"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("ill"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("inc"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("incl"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("ind"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("ing"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("inkl"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("insp"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("intl"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("iss"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("jahrh"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("jan"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("jh"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("jhd"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("jr"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("jul"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("jun"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL | FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("kan"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("kans"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("kap"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("kl"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("ky"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("l.a"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("la"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("lcdr"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("lfg"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("lic"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("llc"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("lt"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("ltc"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("ltd"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("m"), FSC_ABBREV_INNER, FSC_NEEDS_DIGIT | FSC_NEEDS_LOWER},
    {FSC_LIT_INIT("m.a"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("m.d"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("mai"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL | FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("maj"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("mar"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL | FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("mass"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("md"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("me"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("messrs"), FSC_ABBREV_TITLE, 0},
    {FSC_LIT_INIT("mfg"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("mich"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("minn"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("mio"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("miss"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("mlle"), FSC_ABBREV_TITLE, 0},
    {FSC_LIT_INIT("mme"), FSC_ABBREV_TITLE, 0},
    {FSC_LIT_INIT("mo"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("mon"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("mont"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("mr"), FSC_ABBREV_TITLE, 0},
    {FSC_LIT_INIT("mrd"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("mrs"), FSC_ABBREV_TITLE, 0},
    {FSC_LIT_INIT("mrz"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL | FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("ms"), FSC_ABBREV_TITLE, 0},
    {FSC_LIT_INIT("msgr"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("mt"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("mw"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("mx"), FSC_ABBREV_TITLE, 0},
    {FSC_LIT_INIT("n.c"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("n.chr"), FSC_ABBREV_TIME, 0},
    {FSC_LIT_INIT("n.d"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("n.h"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("n.j"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("n.m"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("n.v"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("n.y"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("natl"), FSC_ABBREV_LAST, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("neb"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("nebr"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("nev"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("no"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("nos"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("nov"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("nr"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("num"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("n°"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("núm"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("o.g"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("o.ä"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("oct"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("ofc"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("okla"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("okt"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("ont"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("ore"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("p"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("p.ex"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("p.m"), FSC_ABBREV_TIME, 0},
    {FSC_LIT_INIT("pa"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("pag"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("par"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("para"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("pars"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("penn"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("pfc"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("ph.d"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("phd"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("pkwy"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("plc"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("pp"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("pres"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("prof"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("profs"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("pt"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("pvt"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("pág"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("que"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("r"), FSC_ABBREV_INNER, FSC_NEEDS_DIGIT | FSC_NEEDS_LOWER},
    {FSC_LIT_INIT("r.i"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("rd"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("rep"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("reps"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("resp"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("rev"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("rn"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("s.a"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("s.c"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("s.d"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("s.l"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("s.o"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("s.p.a"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("s.r.l"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("s.u"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("sask"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("sat"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL | FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("sec"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("secs"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("sect"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("sen"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("sens"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("sep"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("sept"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("ser"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("sgt"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("sig"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("sog"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("spc"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("sr"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("sra"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("srta"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("st"), FSC_ABBREV_TITLE, 0},
    {FSC_LIT_INIT("ste"), FSC_ABBREV_TITLE, 0},
    {FSC_LIT_INIT("str"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("sun"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL | FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("supt"), FSC_ABBREV_TITLE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("tab"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("tel"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("tenn"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("tex"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("thu"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("thur"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("thurs"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("tue"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("tues"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("u.a"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("u.a.e"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("u.a.m"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("u.dgl"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("u.k"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("u.n"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("u.s"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("u.s.a"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("u.s.s.r"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("u.u"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("univ"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("usf"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("usw"), FSC_ABBREV_LAST, 0},
    {FSC_LIT_INIT("v"), FSC_ABBREV_INNER, FSC_NEEDS_LOWER},
    {FSC_LIT_INIT("v.chr"), FSC_ABBREV_TIME, 0},
    {FSC_LIT_INIT("va"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("verh"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("vgl"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("viz"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("vol"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("vols"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("vs"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("vt"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("w.va"), FSC_ABBREV_PLACE, 0},
    {FSC_LIT_INIT("wash"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL | FSC_NEEDS_COMMA},
    {FSC_LIT_INIT("wed"), FSC_ABBREV_DATE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("wis"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("wyo"), FSC_ABBREV_PLACE, FSC_NEEDS_CAPITAL},
    {FSC_LIT_INIT("z.b"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("z.t"), FSC_ABBREV_INNER, 0},
    {FSC_LIT_INIT("ziff"), FSC_ABBREV_NUMBER, FSC_NEEDS_DIGIT},
    {FSC_LIT_INIT("zzgl"), FSC_ABBREV_INNER, 0},
};

// Function words only: nouns and verbs may follow an abbreviation inside a sentence (U.S. Open).
static const fsc_view openers[] = {
    FSC_LIT_INIT("a"),         FSC_LIT_INIT("aber"),        FSC_LIT_INIT("about"),
    FSC_LIT_INIT("after"),     FSC_LIT_INIT("again"),       FSC_LIT_INIT("ainsi"),
    FSC_LIT_INIT("all"),       FSC_LIT_INIT("alle"),        FSC_LIT_INIT("als"),
    FSC_LIT_INIT("also"),      FSC_LIT_INIT("although"),    FSC_LIT_INIT("amid"),
    FSC_LIT_INIT("among"),     FSC_LIT_INIT("an"),          FSC_LIT_INIT("and"),
    FSC_LIT_INIT("another"),   FSC_LIT_INIT("any"),         FSC_LIT_INIT("après"),
    FSC_LIT_INIT("are"),       FSC_LIT_INIT("aren't"),      FSC_LIT_INIT("as"),
    FSC_LIT_INIT("at"),        FSC_LIT_INIT("au"),          FSC_LIT_INIT("auch"),
    FSC_LIT_INIT("auf"),       FSC_LIT_INIT("aunque"),      FSC_LIT_INIT("aus"),
    FSC_LIT_INIT("aux"),       FSC_LIT_INIT("avec"),        FSC_LIT_INIT("because"),
    FSC_LIT_INIT("been"),      FSC_LIT_INIT("before"),      FSC_LIT_INIT("bei"),
    FSC_LIT_INIT("beim"),      FSC_LIT_INIT("besides"),     FSC_LIT_INIT("both"),
    FSC_LIT_INIT("but"),       FSC_LIT_INIT("by"),          FSC_LIT_INIT("can"),
    FSC_LIT_INIT("can't"),     FSC_LIT_INIT("ce"),          FSC_LIT_INIT("ceci"),
    FSC_LIT_INIT("cela"),      FSC_LIT_INIT("ces"),         FSC_LIT_INIT("cet"),
    FSC_LIT_INIT("cette"),     FSC_LIT_INIT("como"),        FSC_LIT_INIT("con"),
    FSC_LIT_INIT("could"),     FSC_LIT_INIT("couldn't"),    FSC_LIT_INIT("cuando"),
    FSC_LIT_INIT("da"),        FSC_LIT_INIT("dabei"),       FSC_LIT_INIT("dagegen"),
    FSC_LIT_INIT("daher"),     FSC_LIT_INIT("damit"),       FSC_LIT_INIT("dann"),
    FSC_LIT_INIT("dans"),      FSC_LIT_INIT("das"),         FSC_LIT_INIT("dass"),
    FSC_LIT_INIT("dazu"),      FSC_LIT_INIT("dem"),         FSC_LIT_INIT("den"),
    FSC_LIT_INIT("denn"),      FSC_LIT_INIT("depuis"),      FSC_LIT_INIT("der"),
    FSC_LIT_INIT("desde"),     FSC_LIT_INIT("deshalb"),     FSC_LIT_INIT("despite"),
    FSC_LIT_INIT("did"),       FSC_LIT_INIT("didn't"),      FSC_LIT_INIT("die"),
    FSC_LIT_INIT("dies"),      FSC_LIT_INIT("diese"),       FSC_LIT_INIT("dieser"),
    FSC_LIT_INIT("dieses"),    FSC_LIT_INIT("do"),          FSC_LIT_INIT("doch"),
    FSC_LIT_INIT("does"),      FSC_LIT_INIT("doesn't"),     FSC_LIT_INIT("don't"),
    FSC_LIT_INIT("donc"),      FSC_LIT_INIT("donde"),       FSC_LIT_INIT("dort"),
    FSC_LIT_INIT("du"),        FSC_LIT_INIT("during"),      FSC_LIT_INIT("each"),
    FSC_LIT_INIT("earlier"),   FSC_LIT_INIT("ein"),         FSC_LIT_INIT("eine"),
    FSC_LIT_INIT("einem"),     FSC_LIT_INIT("einen"),       FSC_LIT_INIT("einer"),
    FSC_LIT_INIT("either"),    FSC_LIT_INIT("ella"),        FSC_LIT_INIT("ellas"),
    FSC_LIT_INIT("elle"),      FSC_LIT_INIT("elles"),       FSC_LIT_INIT("ellos"),
    FSC_LIT_INIT("entonces"),  FSC_LIT_INIT("er"),          FSC_LIT_INIT("es"),
    FSC_LIT_INIT("esta"),      FSC_LIT_INIT("este"),        FSC_LIT_INIT("esto"),
    FSC_LIT_INIT("estos"),     FSC_LIT_INIT("et"),          FSC_LIT_INIT("even"),
    FSC_LIT_INIT("every"),     FSC_LIT_INIT("everyone"),    FSC_LIT_INIT("everything"),
    FSC_LIT_INIT("few"),       FSC_LIT_INIT("finally"),     FSC_LIT_INIT("for"),
    FSC_LIT_INIT("from"),      FSC_LIT_INIT("furthermore"), FSC_LIT_INIT("für"),
    FSC_LIT_INIT("gegen"),     FSC_LIT_INIT("had"),         FSC_LIT_INIT("hardly"),
    FSC_LIT_INIT("has"),       FSC_LIT_INIT("have"),        FSC_LIT_INIT("hay"),
    FSC_LIT_INIT("he"),        FSC_LIT_INIT("he'd"),        FSC_LIT_INIT("he'll"),
    FSC_LIT_INIT("he's"),      FSC_LIT_INIT("hence"),       FSC_LIT_INIT("her"),
    FSC_LIT_INIT("here"),      FSC_LIT_INIT("here's"),      FSC_LIT_INIT("heute"),
    FSC_LIT_INIT("hier"),      FSC_LIT_INIT("him"),         FSC_LIT_INIT("his"),
    FSC_LIT_INIT("how"),       FSC_LIT_INIT("however"),     FSC_LIT_INIT("i"),
    FSC_LIT_INIT("i'd"),       FSC_LIT_INIT("i'll"),        FSC_LIT_INIT("i'm"),
    FSC_LIT_INIT("i've"),      FSC_LIT_INIT("ich"),         FSC_LIT_INIT("if"),
    FSC_LIT_INIT("ihr"),       FSC_LIT_INIT("ihre"),        FSC_LIT_INIT("il"),
    FSC_LIT_INIT("ils"),       FSC_LIT_INIT("im"),          FSC_LIT_INIT("in"),
    FSC_LIT_INIT("indeed"),    FSC_LIT_INIT("instead"),     FSC_LIT_INIT("into"),
    FSC_LIT_INIT("is"),        FSC_LIT_INIT("isn't"),       FSC_LIT_INIT("it"),
    FSC_LIT_INIT("it'll"),     FSC_LIT_INIT("it's"),        FSC_LIT_INIT("its"),
    FSC_LIT_INIT("je"),        FSC_LIT_INIT("jeder"),       FSC_LIT_INIT("jedoch"),
    FSC_LIT_INIT("jetzt"),     FSC_LIT_INIT("just"),        FSC_LIT_INIT("kein"),
    FSC_LIT_INIT("keine"),     FSC_LIT_INIT("later"),       FSC_LIT_INIT("le"),
    FSC_LIT_INIT("les"),       FSC_LIT_INIT("lorsque"),     FSC_LIT_INIT("mais"),
    FSC_LIT_INIT("malgré"),    FSC_LIT_INIT("man"),         FSC_LIT_INIT("many"),
    FSC_LIT_INIT("maybe"),     FSC_LIT_INIT("meanwhile"),   FSC_LIT_INIT("mientras"),
    FSC_LIT_INIT("mit"),       FSC_LIT_INIT("moreover"),    FSC_LIT_INIT("most"),
    FSC_LIT_INIT("much"),      FSC_LIT_INIT("my"),          FSC_LIT_INIT("nach"),
    FSC_LIT_INIT("neither"),   FSC_LIT_INIT("never"),       FSC_LIT_INIT("nevertheless"),
    FSC_LIT_INIT("nicht"),     FSC_LIT_INIT("no"),          FSC_LIT_INIT("nobody"),
    FSC_LIT_INIT("noch"),      FSC_LIT_INIT("none"),        FSC_LIT_INIT("nonetheless"),
    FSC_LIT_INIT("nor"),       FSC_LIT_INIT("nosotros"),    FSC_LIT_INIT("not"),
    FSC_LIT_INIT("nothing"),   FSC_LIT_INIT("nous"),        FSC_LIT_INIT("now"),
    FSC_LIT_INIT("nun"),       FSC_LIT_INIT("nur"),         FSC_LIT_INIT("ob"),
    FSC_LIT_INIT("obwohl"),    FSC_LIT_INIT("of"),          FSC_LIT_INIT("often"),
    FSC_LIT_INIT("ohne"),      FSC_LIT_INIT("on"),          FSC_LIT_INIT("once"),
    FSC_LIT_INIT("one"),       FSC_LIT_INIT("only"),        FSC_LIT_INIT("or"),
    FSC_LIT_INIT("other"),     FSC_LIT_INIT("others"),      FSC_LIT_INIT("our"),
    FSC_LIT_INIT("over"),      FSC_LIT_INIT("overall"),     FSC_LIT_INIT("où"),
    FSC_LIT_INIT("par"),       FSC_LIT_INIT("para"),        FSC_LIT_INIT("perhaps"),
    FSC_LIT_INIT("pero"),      FSC_LIT_INIT("please"),      FSC_LIT_INIT("por"),
    FSC_LIT_INIT("porque"),    FSC_LIT_INIT("pour"),        FSC_LIT_INIT("pourquoi"),
    FSC_LIT_INIT("quand"),     FSC_LIT_INIT("que"),         FSC_LIT_INIT("quelques"),
    FSC_LIT_INIT("qui"),       FSC_LIT_INIT("rather"),      FSC_LIT_INIT("recently"),
    FSC_LIT_INIT("sans"),      FSC_LIT_INIT("schon"),       FSC_LIT_INIT("según"),
    FSC_LIT_INIT("sein"),      FSC_LIT_INIT("seine"),       FSC_LIT_INIT("seit"),
    FSC_LIT_INIT("selon"),     FSC_LIT_INIT("several"),     FSC_LIT_INIT("she"),
    FSC_LIT_INIT("she'd"),     FSC_LIT_INIT("she'll"),      FSC_LIT_INIT("she's"),
    FSC_LIT_INIT("should"),    FSC_LIT_INIT("shouldn't"),   FSC_LIT_INIT("si"),
    FSC_LIT_INIT("sie"),       FSC_LIT_INIT("sin"),         FSC_LIT_INIT("since"),
    FSC_LIT_INIT("sind"),      FSC_LIT_INIT("sino"),        FSC_LIT_INIT("so"),
    FSC_LIT_INIT("sobre"),     FSC_LIT_INIT("sogar"),       FSC_LIT_INIT("some"),
    FSC_LIT_INIT("somebody"),  FSC_LIT_INIT("someone"),     FSC_LIT_INIT("something"),
    FSC_LIT_INIT("sometimes"), FSC_LIT_INIT("soon"),        FSC_LIT_INIT("still"),
    FSC_LIT_INIT("such"),      FSC_LIT_INIT("también"),     FSC_LIT_INIT("than"),
    FSC_LIT_INIT("thank"),     FSC_LIT_INIT("that"),        FSC_LIT_INIT("that's"),
    FSC_LIT_INIT("the"),       FSC_LIT_INIT("their"),       FSC_LIT_INIT("them"),
    FSC_LIT_INIT("then"),      FSC_LIT_INIT("there"),       FSC_LIT_INIT("there's"),
    FSC_LIT_INIT("therefore"), FSC_LIT_INIT("these"),       FSC_LIT_INIT("they"),
    FSC_LIT_INIT("they'd"),    FSC_LIT_INIT("they'll"),     FSC_LIT_INIT("they're"),
    FSC_LIT_INIT("they've"),   FSC_LIT_INIT("this"),        FSC_LIT_INIT("those"),
    FSC_LIT_INIT("though"),    FSC_LIT_INIT("through"),     FSC_LIT_INIT("throughout"),
    FSC_LIT_INIT("thus"),      FSC_LIT_INIT("to"),          FSC_LIT_INIT("today"),
    FSC_LIT_INIT("together"),  FSC_LIT_INIT("too"),         FSC_LIT_INIT("toward"),
    FSC_LIT_INIT("tras"),      FSC_LIT_INIT("trotz"),       FSC_LIT_INIT("um"),
    FSC_LIT_INIT("und"),       FSC_LIT_INIT("under"),       FSC_LIT_INIT("une"),
    FSC_LIT_INIT("unless"),    FSC_LIT_INIT("unlike"),      FSC_LIT_INIT("unter"),
    FSC_LIT_INIT("until"),     FSC_LIT_INIT("up"),          FSC_LIT_INIT("upon"),
    FSC_LIT_INIT("usted"),     FSC_LIT_INIT("viele"),       FSC_LIT_INIT("vom"),
    FSC_LIT_INIT("von"),       FSC_LIT_INIT("vor"),         FSC_LIT_INIT("vous"),
    FSC_LIT_INIT("wann"),      FSC_LIT_INIT("warum"),       FSC_LIT_INIT("was"),
    FSC_LIT_INIT("wasn't"),    FSC_LIT_INIT("we"),          FSC_LIT_INIT("we'd"),
    FSC_LIT_INIT("we'll"),     FSC_LIT_INIT("we're"),       FSC_LIT_INIT("we've"),
    FSC_LIT_INIT("weil"),      FSC_LIT_INIT("wenn"),        FSC_LIT_INIT("wer"),
    FSC_LIT_INIT("were"),      FSC_LIT_INIT("weren't"),     FSC_LIT_INIT("what"),
    FSC_LIT_INIT("what's"),    FSC_LIT_INIT("when"),        FSC_LIT_INIT("whenever"),
    FSC_LIT_INIT("where"),     FSC_LIT_INIT("whereas"),     FSC_LIT_INIT("wherever"),
    FSC_LIT_INIT("whether"),   FSC_LIT_INIT("which"),       FSC_LIT_INIT("while"),
    FSC_LIT_INIT("who"),       FSC_LIT_INIT("who's"),       FSC_LIT_INIT("whoever"),
    FSC_LIT_INIT("whom"),      FSC_LIT_INIT("whose"),       FSC_LIT_INIT("why"),
    FSC_LIT_INIT("wie"),       FSC_LIT_INIT("wir"),         FSC_LIT_INIT("wird"),
    FSC_LIT_INIT("with"),      FSC_LIT_INIT("within"),      FSC_LIT_INIT("without"),
    FSC_LIT_INIT("won't"),     FSC_LIT_INIT("would"),       FSC_LIT_INIT("wouldn't"),
    FSC_LIT_INIT("ya"),        FSC_LIT_INIT("yet"),         FSC_LIT_INIT("you"),
    FSC_LIT_INIT("you'd"),     FSC_LIT_INIT("you'll"),      FSC_LIT_INIT("you're"),
    FSC_LIT_INIT("you've"),    FSC_LIT_INIT("your"),        FSC_LIT_INIT("zu"),
    FSC_LIT_INIT("zudem"),     FSC_LIT_INIT("zum"),         FSC_LIT_INIT("zur"),
    FSC_LIT_INIT("zwar"),
};

static const fsc_view months[] = {
    FSC_LIT_INIT("april"),     FSC_LIT_INIT("august"), FSC_LIT_INIT("dezember"), FSC_LIT_INIT("februar"),
    FSC_LIT_INIT("januar"),    FSC_LIT_INIT("juli"),   FSC_LIT_INIT("juni"),     FSC_LIT_INIT("jänner"),
    FSC_LIT_INIT("mai"),       FSC_LIT_INIT("märz"),   FSC_LIT_INIT("november"), FSC_LIT_INIT("oktober"),
    FSC_LIT_INIT("september"),
};

static bool holds(const fsc_view *list, size_t count, fsc_view form)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = fsc_view_cmp(list[mid], form);
        if (order == 0)
            return true;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}

static const abbrev_row *find_row(fsc_view form)
{
    size_t low = 0, high = sizeof rows / sizeof *rows;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = fsc_view_cmp(rows[mid].form, form);
        if (order == 0)
            return &rows[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

static uint32_t filter_bit(fsc_view form)
{
    uint32_t h = 0;
    for (size_t i = 0; i < form.len; i++)
        h = h * 31 + (unsigned char)form.data[i];
    // the top 14 bits of the product: one of 256 * 64
    return (h * 0x9E3779B1u) >> 18;
}

static void filter_add(fsc_abbrev_filter *f, fsc_view form)
{
    uint32_t bit = filter_bit(form);
    f->bit[bit / 64] |= (uint64_t)1 << (bit % 64);
}

void fsc_abbrev_filter_fill(fsc_abbrev_filter *f)
{
    *f = (fsc_abbrev_filter){{0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        filter_add(f, rows[i].form);
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        filter_add(f, openers[i]);
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        filter_add(f, months[i]);
}

bool fsc_abbrev_listed(const fsc_abbrev_filter *f, fsc_view form)
{
    uint32_t bit = filter_bit(form);
    return f->bit[bit / 64] >> (bit % 64) & 1;
}

fsc_abbrev fsc_abbrev_of(fsc_view form)
{
    if (form.len && form.data[form.len - 1] == '.')
        form.len--;
    const abbrev_row *row = find_row(form);
    return row ? (fsc_abbrev){row->kind, row->needs} : (fsc_abbrev){FSC_ABBREV_NONE, 0};
}

bool fsc_abbrev_opens(fsc_view form)
{
    return holds(openers, sizeof openers / sizeof *openers, form);
}

bool fsc_abbrev_month_name(fsc_view form)
{
    return holds(months, sizeof months / sizeof *months, form);
}

bool fsc_abbrev_sorted(void)
{
    for (size_t i = 1; i < sizeof rows / sizeof *rows; i++)
        if (fsc_view_cmp(rows[i - 1].form, rows[i].form) >= 0)
            return false;
    for (size_t i = 1; i < sizeof openers / sizeof *openers; i++)
        if (fsc_view_cmp(openers[i - 1], openers[i]) >= 0)
            return false;
    for (size_t i = 1; i < sizeof months / sizeof *months; i++)
        if (fsc_view_cmp(months[i - 1], months[i]) >= 0)
            return false;
    return true;
}
