# Rewrites data to the terms that replace deprecated ones (dcterms:isReplacedBy), in the default
# graph and in every named graph, wherever a term stands: as property, as class, or as the value
# of a statement about a property (wg:onTerm and the like). The vocabulary's own statements stay.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>

DELETE { ?thing ?old ?value }
INSERT { ?thing ?new ?value }
WHERE {
  ?old owl:deprecated true ;
    dcterms:isReplacedBy ?new .
  ?thing ?old ?value .
} ;

DELETE { GRAPH ?graph { ?thing ?old ?value } }
INSERT { GRAPH ?graph { ?thing ?new ?value } }
WHERE {
  ?old owl:deprecated true ;
    dcterms:isReplacedBy ?new .
  GRAPH ?graph { ?thing ?old ?value }
} ;

DELETE { ?thing ?property ?old }
INSERT { ?thing ?property ?new }
WHERE {
  ?old owl:deprecated true ;
    dcterms:isReplacedBy ?new .
  ?thing ?property ?old .
  FILTER(?property != dcterms:replaces)
} ;

DELETE { GRAPH ?graph { ?thing ?property ?old } }
INSERT { GRAPH ?graph { ?thing ?property ?new } }
WHERE {
  ?old owl:deprecated true ;
    dcterms:isReplacedBy ?new .
  GRAPH ?graph { ?thing ?property ?old }
  FILTER(?property != dcterms:replaces)
}
