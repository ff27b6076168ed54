//! Trees of small parts: names, places, what is refused.

use super::*;

fn tree(text: &str) -> Tree {
    Tree::parse(text.into(), &Limits::STANDARD).unwrap()
}

fn fault(text: &str) -> Option<XmlFault> {
    Tree::parse(text.into(), &Limits::STANDARD).err()
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

#[test]
fn an_element_has_the_name_of_its_namespace_whatever_the_prefix() {
    let cases = [
        (format!("<w:p xmlns:w='{WORD}'/>"), "w:p"),
        (format!("<p xmlns='{WORD}'/>"), "w:p"),
        (format!("<ns0:p xmlns:ns0='{WORD}'/>"), "w:p"),
        ("<p xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main'/>".to_owned(), "w:p"),
        ("<w:p xmlns:w='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>".to_owned(), "x:p"),
        ("<w:p xmlns:w='urn:else'/>".to_owned(), "{urn:else}p"),
        ("<w:p/>".to_owned(), "{}p"),
        ("<p/>".to_owned(), "p"),
    ];
    for (text, name) in cases {
        let tree = tree(&text);
        assert_eq!((tree.root().name(), tree.root().local()), (name, "p"), "{text}");
    }
}

#[test]
fn everything_knows_where_it_stands() {
    let text = "\u{FEFF}<?xml version='1.0'?>\n<a x = '1' y=\"甲&amp;乙\" ><!-- <b/> -->文<b/>字&lt;\r\n<![CDATA[<&]]><c></c ></a>\n";
    let tree = tree(text);
    let root = tree.root();
    assert_eq!(tree.as_written(), text);
    assert_eq!(root.as_written(), text[text.find("<a").unwrap()..].trim_end());
    assert!(text[root.tag_range()].ends_with("乙\" >"));
    assert!(text[root.content_range().unwrap()].ends_with("<c></c >"));
    let attributes: Vec<_> = root.attributes().collect();
    let places: Vec<_> = attributes.iter().map(|it| (&text[it.range.clone()], &*it.value)).collect();
    assert_eq!(places, [("x = '1'", "1"), ("y=\"甲&amp;乙\"", "甲&乙")]);
    assert_eq!(&text[attributes[1].value_range.clone()], "甲&amp;乙");
    let children: Vec<_> =
        root.children().map(|it| (it.as_written(), it.content_range().is_some())).collect();
    assert_eq!(children, [("<b/>", false), ("<c></c >", true)]);
    let texts: Vec<_> = root.texts().map(|it| (it.value.into_owned(), &text[it.range])).collect();
    let wanted = [("文", "文"), ("字<\n", "字&lt;\r\n"), ("<&", "<![CDATA[<&]]>")];
    assert_eq!(texts.iter().map(|it| (it.0.as_str(), it.1)).collect::<Vec<_>>(), wanted);
    assert_eq!(root.text(), "文字<\n<&");
}

#[test]
fn attributes_are_found_by_their_names_without_a_prefix() {
    let tree = tree("<a r:id='r1' w:val='&#20826;&#x5458;' on='1'><b w:val='false'/><c/></a>");
    let root = tree.root();
    assert_eq!(root.attribute("id").as_deref(), Some("r1"));
    assert_eq!(root.attribute("val").as_deref(), Some("党员"));
    assert_eq!(root.attribute("w:val"), None);
    assert_eq!((root.value("{}b"), root.value("b").as_deref()), (None, Some("false")));
    assert_eq!(["b", "c", "d"].map(|it| root.switch(it)), [Some(false), Some(true), None]);
}

#[test]
fn elements_are_found_at_any_depth_but_not_within_each_other() {
    let tree = tree("<a><p>1<p>2</p></p><q><p>3</p></q></a>");
    let mut found = Vec::new();
    tree.root().all("p", &mut found);
    assert_eq!(found.iter().map(|it| it.text()).collect::<Vec<_>>(), ["1", "3"]);
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for text in [
        "",
        "甲",
        "<a>",
        "</a>",
        "<a></b>",
        "<a/><b/>",
        "<a x='1' x='2'/>",
        "<a x=1/>",
        "<a>&lt</a>",
        "<a",
        "\u{FEFF}\u{FEFF}<a/>",
        "<!-- <a/>",
    ] {
        assert_eq!(fault(text), Some(XmlFault::Malformed), "{text}");
    }
    let latin = Tree::parse(b"<a>\xE9</a>".to_vec(), &Limits::STANDARD);
    assert_eq!(latin.err(), Some(XmlFault::Malformed));
}

#[test]
fn entities_are_refused_wherever_they_stand() {
    for text in ["<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "<a>&b;</a>", "<a x='&b;'/>", "<a>&#0;</a>"] {
        assert_eq!(fault(text), Some(XmlFault::Entity), "{text}");
    }
    assert_eq!(tree("<a>&amp;&#65;</a>").root().text(), "&A");
}

#[test]
fn parts_beyond_the_limits_are_refused() {
    let limits = Limits { xml_bytes: 40, xml_nodes: 4, xml_depth: 3, ..Limits::STANDARD };
    let parse = |text: &str| Tree::parse(text.into(), &limits).err();
    assert_eq!(parse("<a><b><c/>1</b></a>"), None);
    assert_eq!(parse("<a><b><c><d/></c></b></a>"), Some(XmlFault::TooDeep));
    assert_eq!(parse("<a><b/>1<b/>2</a>"), Some(XmlFault::TooLarge));
    assert_eq!(parse(&format!("<a>{}</a>", "1".repeat(40))), Some(XmlFault::TooLarge));
    let names: String = (0..names::MOST_NAMES).map(|it| format!("<a{it}/>")).collect();
    assert_eq!(fault(&format!("<a>{names}</a>")), Some(XmlFault::TooLarge));
    assert_eq!(fault(&format!("<a0>{names}</a0>")), None);
}
